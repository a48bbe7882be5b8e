"""Registry: what can be asked of one, by any number of threads."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from threading import Lock, local
from typing import TYPE_CHECKING

from .faults import Answered, Corrupt, told
from .host import origin_of
from .reference import Reference
from .request import Answer, Request, may_pull, may_push
from .retry import Patience, retried
from .stop import Stop

if TYPE_CHECKING:
    from ssl import SSLContext

    import requests

    from .session import Session
    from .tokens import Tokens

_PATIENCE = Patience()
INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
_DOCKER = "application/vnd.docker.distribution.manifest"
_ACCEPTED = f"{MANIFEST}, {INDEX}, {_DOCKER}.v2+json, {_DOCKER}.list.v2+json"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A manifest as it was received; its digest is that of these bytes."""

    content: bytes
    media_type: str
    digest: str


class Registry:
    """Each thread that uses it has a connection of its own; all share the credentials and the tokens."""

    def __init__(self, host: str, environment: Mapping[str, str], patience: Patience = _PATIENCE) -> None:
        self.host = host
        self.patience = patience
        self._environment = environment
        self._threads = local()
        self._lock = Lock()

    def __enter__(self) -> "Registry":
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()

    def leave(self) -> None:
        """Closes the connection of the thread that calls; it may come back."""
        if hasattr(self._threads, "session"):
            self._threads.session.close()
            del self._threads.session

    def has_blob(self, repository: str, digest: str) -> bool:
        """Whether a HEAD finds it. Raises CompileError."""
        request = Request("HEAD", blob_path(repository, digest), may_pull(repository), (200, 404), {})
        return self._whole(request, digest).status == HTTPStatus.OK

    def get_manifest(self, reference: Reference) -> Fetched:
        """Raises CompileError, also where the bytes are not those of the reference's digest."""
        path = f"/v2/{reference.repository}/manifests/{reference.version}"
        request = Request("GET", path, may_pull(reference.repository), (200,), {"Accept": _ACCEPTED})
        answer = self._whole(request, str(reference))
        digest = digest_of(answer.content)
        with told(self.host, str(reference)):
            if reference.digest not in ("", digest):
                raise Corrupt(f"the manifest's digest is {digest}")
        return Fetched(answer.content, answer.headers.get("Content-Type", "").partition(";")[0], digest)

    def has_manifest(self, reference: Reference) -> bool:
        """Whether a HEAD finds it. Raises CompileError."""
        path = f"/v2/{reference.repository}/manifests/{reference.version}"
        request = Request("HEAD", path, may_pull(reference.repository), (200, 404), {"Accept": _ACCEPTED})
        return self._whole(request, str(reference)).status == HTTPStatus.OK

    def put_manifest(self, reference: Reference, content: bytes, media_type: str) -> str:
        """Puts these very bytes there and gives their digest. Raises CompileError."""
        path = f"/v2/{reference.repository}/manifests/{reference.version}"
        headers = {"Content-Type": media_type}
        request = Request("PUT", path, may_push(reference.repository), (200, 201, 202), headers, lambda: content)
        stored = self._whole(request, str(reference)).headers.get("Docker-Content-Digest", "")
        digest = digest_of(content)
        with told(self.host, str(reference)):
            if stored not in ("", digest):
                raise Corrupt(f"the registry stored the manifest as {stored}")
        return digest

    def get_blob(self, repository: str, digest: str, size: int) -> bytes:
        """A small one, such as a config, verified. Raises CompileError."""
        request = Request("GET", blob_path(repository, digest), may_pull(repository), (200,), {})
        content = self._whole(request, digest).content
        with told(self.host, digest):
            if len(content) != size or digest_of(content) != digest:
                raise Corrupt(f"{len(content)} bytes with the digest {digest_of(content)} arrived")
        return content

    def tags(self, repository: str) -> tuple[str, ...]:
        """All of a repository. Raises CompileError."""
        with told(self.host, repository):
            try:
                return tuple(retried(lambda: self._session().get_tags(repository), self.patience, Stop()))
            except ValueError as error:
                raise Answered(404, str(error)) from error

    def ask(self, request: Request) -> Answer:
        """One try. Raises Fault."""
        return self._session().ask(request)

    @contextmanager
    def stream(self, request: Request) -> "Iterator[requests.Response]":
        """One try. Raises Fault."""
        with self._session().stream(request) as response:
            yield response

    def _whole(self, request: Request, what: str) -> Answer:
        with told(self.host, what):
            return retried(lambda: self.ask(request), self.patience, Stop())

    def _session(self) -> "Session":
        from .session import Session

        if not hasattr(self._threads, "session"):
            with self._lock:
                self._threads.session = Session(self.origin, self._tokens, self._trust)
        found: Session = self._threads.session
        return found

    @cached_property
    def origin(self) -> str:
        """Where its API is."""
        return origin_of(self.host, self._environment)

    @cached_property
    def _tokens(self) -> "Tokens":
        from .credentials import stored_login
        from .tokens import Tokens

        return Tokens(stored_login(self.host, self._environment))

    @cached_property
    def _trust(self) -> "Mapping[str, SSLContext]":
        from .trust import trust

        return {"ssl_context": trust(self.host, self._environment)} if self.origin.startswith("https:") else {}


def blob_path(repository: str, digest: str) -> str:
    return f"/v2/{repository}/blobs/{digest}"


def digest_of(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
