"""A package index that speaks JSON (PEP 691): the only place here that uses the network."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
from packaging.metadata import parse_email
from packaging.requirements import Requirement

from ..ir.codes.database import INDEX_ANSWER, INDEX_UNREACHABLE
from ..ir.diagnostic import CompileError
from .release import Release, Wheel, releases_of
from .remote_wheel import metadata_in

_JSON = "application/vnd.pypi.simple.v1+json"
_REQUESTS = 1000  # enough for every release of the packages that the database knows
_SECONDS = 30.0


@dataclass
class JsonIndex:
    """An index by its URL, which ends in a slash; nothing is asked twice, and at most `_REQUESTS` times in all."""

    url: str
    client: httpx.Client
    asked: int = 0
    _projects: dict[str, tuple[Release, ...]] = field(default_factory=dict)
    _requirements: dict[str, tuple[Requirement, ...]] = field(default_factory=dict)

    @classmethod
    def open(cls, url: str) -> "JsonIndex":
        return cls(url, httpx.Client(follow_redirects=True, timeout=_SECONDS))

    @property
    def shown(self) -> str:
        """The URL without a user's name and password."""
        return urlsplit(self.url)._replace(netloc=urlsplit(self.url).netloc.rpartition("@")[2]).geturl()

    def releases(self, project: str) -> tuple[Release, ...]:
        if project not in self._projects:
            self._projects[project] = self._read(project)
        return self._projects[project]

    def requirements(self, release: Release) -> tuple[Requirement, ...]:
        wheel = release.wheels[0]
        if wheel.url not in self._requirements:
            raw, _ = parse_email(self._metadata(wheel))
            self._requirements[wheel.url] = tuple(map(Requirement, raw.get("requires_dist", ())))
        return self._requirements[wheel.url]

    def _read(self, project: str) -> tuple[Release, ...]:
        answer = self._get(urljoin(self.url, f"{project}/"), {"Accept": _JSON})
        try:
            files: list[dict[str, Any]] = answer.json()["files"]
            absolute = [{**file, "url": urljoin(str(answer.url), file["url"])} for file in files]
            return releases_of(project, absolute)
        except (ValueError, KeyError, TypeError) as error:  # InvalidSpecifier is a ValueError
            raise self._unfit(f"does not list {project} as JSON (PEP 691)") from error

    def _metadata(self, wheel: Wheel) -> bytes:
        if wheel.has_metadata:
            return self._get(f"{wheel.url}.metadata", {}).content
        found = metadata_in(lambda start, end: self._part(wheel.url, start, end))
        if not found:
            raise self._unfit(f"serves no metadata of {wheel.name}")
        return found

    def _part(self, url: str, start: int, end: int) -> tuple[bytes, int]:
        """Bytes of a file, and its full size; a negative start counts from the end."""
        span = f"bytes={start}" if start < 0 else f"bytes={start}-{end - 1}"
        answer = self._get(url, {"Range": span, "Accept-Encoding": "identity"})
        size = answer.headers.get("Content-Range", "").rpartition("/")[2]
        if not size.isdigit():
            raise self._unfit("serves neither the metadata of wheels (PEP 658) nor parts of files")
        return answer.content, int(size)

    def _get(self, url: str, headers: dict[str, str]) -> httpx.Response:
        self.asked += 1
        if self.asked > _REQUESTS:
            raise self._unfit(f"would have to answer more than {_REQUESTS} requests")
        try:
            with self.client.stream("GET", url, headers=headers) as answer:
                answer.raise_for_status()
                if "Range" not in headers or answer.status_code == httpx.codes.PARTIAL_CONTENT:
                    answer.read()
                    return answer
        except httpx.HTTPStatusError as error:
            raise self._unfit(f"answers {error.response.status_code} for {urlsplit(url).path}") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            message = f"the package index {self.shown} cannot be reached: {error}"
            help = "look at the network, or name another index with --index; compiling itself needs none"
            raise CompileError([INDEX_UNREACHABLE.bare(message, help=help)]) from error
        raise self._unfit("serves neither the metadata of wheels (PEP 658) nor parts of files")

    def _unfit(self, fault: str) -> CompileError:
        help = "name an index that has it with --index; it has to speak JSON (PEP 691)"
        return CompileError([INDEX_ANSWER.bare(f"the package index {self.shown} {fault}", help=help)])
