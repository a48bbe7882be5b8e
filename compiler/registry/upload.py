"""Upload: a registry's session for one blob, as its answers describe it."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from .client import Registry
from .faults import Answered, Fault
from .request import Answer, Readable, Request

_HEADERS = {"Content-Type": "application/octet-stream"}
_RANGE = re.compile(r"(?:bytes=)?0-(\d+)")


@dataclass(frozen=True, slots=True)
class Upload:
    """`location` is the URL of the next request, `offset` how many bytes the registry has.

    `least` and `most` bound its chunks, in bytes; 0 where it does not say.
    """

    location: str
    offset: int
    least: int = 0
    most: int = 0


def begin(registry: Registry, repository: str, scopes: tuple[str, ...], parameters: Mapping[str, str]) -> Upload | None:
    """An upload of which nothing has arrived; None where the registry mounted the blob. Raises Fault."""
    target = f"/v2/{repository}/blobs/uploads/" + (f"?{urlencode(parameters)}" if parameters else "")
    answer = registry.ask(Request("POST", target, scopes, (201, 202), _HEADERS))
    if answer.status == HTTPStatus.CREATED and "mount" in parameters:
        return None
    return described(registry, target, answer, offset=0)


def status(registry: Registry, location: str, scopes: tuple[str, ...]) -> Upload:
    """Where an upload is that an earlier request, or process, began. Raises Fault, where it is gone too."""
    answer = registry.ask(Request("GET", location, scopes, (204,), {}))
    return described(registry, location, answer, received(answer))


def described(registry: Registry, target: str, answer: Answer, offset: int) -> Upload:
    """Raises Answered where the address of the next request is missing."""
    location = answer.headers.get("Location", "")
    if not location:
        raise Answered(answer.status, "without the Location of the upload")
    least, most = (_number(answer.headers.get(f"OCI-Chunk-{end}-Length", "")) for end in ("Min", "Max"))
    return Upload(urljoin(urljoin(registry.origin, target), location), offset, least, most)


def received(answer: Answer) -> int:
    """The bytes that a registry says it has. For none it says `0-0`, as for one: chunks are larger than that."""
    found = _RANGE.fullmatch(answer.headers.get("Range", "").strip())
    last = int(found[1]) if found else 0
    return last + 1 if last else 0


def finish(
    registry: Registry, upload: Upload, digest: str, scopes: tuple[str, ...], body: "Callable[[], bytes | Readable]"
) -> None:
    """Sends what is left and gives the blob its name, once the registry has compared the digest. Raises Fault."""
    registry.ask(Request("PUT", with_query(upload.location, digest=digest), scopes, (201, 204), _HEADERS, body))


def cancel(registry: Registry, upload: Upload, scopes: tuple[str, ...]) -> None:
    """A registry that keeps it will drop it by itself one day."""
    with suppress(Fault):
        registry.ask(Request("DELETE", upload.location, scopes, (204,), {}))


def with_query(url: str, **parameters: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query=urlencode([*parse_qsl(parts.query, True), *parameters.items()])))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0
