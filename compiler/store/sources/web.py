"""HTTP with patience: what breaks off is gone on with, what is busy is asked again."""

import random
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from ...ir.codes.store import SOURCE_ANSWER, SOURCE_MISSING, SOURCE_REFUSED, SOURCE_UNREACHABLE
from ...ir.diagnostic import CompileError

_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_PAUSE = 60.0
_SECONDS = 30.0
_PLAIN = {"Accept-Encoding": "identity"}

Headers = Mapping[str, str]
_NO_HEADERS: Headers = {}


def _client() -> httpx.Client:
    return httpx.Client(follow_redirects=True, timeout=_SECONDS)


@dataclass(frozen=True, slots=True)
class Web:
    """`pauses` are the seconds before each further try; a try that brought bytes begins to count anew."""

    pauses: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0, 8.0)
    client: httpx.Client = field(default_factory=_client)

    def ask(self, url: str, headers: Headers) -> httpx.Response:
        """A whole answer, for small ones. Raises CompileError (`weight-source-…`)."""
        for pause in (*self.pauses, None):
            try:
                answer = self.client.get(url, headers=headers)
            except httpx.TransportError as error:
                self._wait(pause, url, str(error))
                continue
            if answer.status_code not in _BUSY:
                return _accepted(answer, url)
            self._wait(pause, url, f"it answers {answer.status_code}", answer.headers)
        raise AssertionError("the last try returns or raises")

    def head(self, url: str, headers: Headers) -> httpx.Headers:
        """The headers of a file, by asking for its first byte: signed addresses allow no HEAD."""
        for pause in (*self.pauses, None):
            try:
                with self.client.stream("GET", url, headers={**headers, **_PLAIN, "Range": "bytes=0-0"}) as answer:
                    if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
                        return answer.headers
                    if answer.status_code not in _BUSY:
                        return _accepted(answer, url).headers
                    self._wait(pause, url, f"it answers {answer.status_code}", answer.headers)
            except httpx.TransportError as error:
                self._wait(pause, url, str(error))
        raise AssertionError("the last try returns or raises")

    def read(self, url: str, offset: int, headers: Headers, validator: str = "") -> Iterator[bytes]:
        """A file's bytes from an offset on, whatever breaks off meanwhile.

        `validator` is the ETag or Last-Modified that the file has to have still.
        """
        left = list(self.pauses)
        while True:
            try:
                for chunk in self._read_once(url, offset, headers, validator):
                    offset += len(chunk)
                    left = list(self.pauses)
                    yield chunk
                return
            except httpx.TransportError as error:
                self._wait(left.pop(0) if left else None, url, str(error))
            except _Busy as busy:
                said = f"it answers {busy.answer.status_code}"
                self._wait(left.pop(0) if left else None, url, said, busy.answer.headers)

    def _read_once(self, url: str, offset: int, headers: Headers, validator: str) -> Iterator[bytes]:
        wanted = {"Range": f"bytes={offset}-"} if offset else {}
        with self.client.stream("GET", url, headers={**headers, **_PLAIN, **wanted}) as answer:
            if answer.status_code in _BUSY:
                raise _Busy(answer)
            if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
                return  # nothing is left: the size was reached before
            _accepted(answer, url)
            _check_unchanged(answer, url, validator)
            skipped = 0 if answer.status_code == httpx.codes.PARTIAL_CONTENT else offset
            for chunk in answer.iter_raw():
                if len(chunk) > skipped:
                    yield chunk[skipped:]
                skipped = max(0, skipped - len(chunk))

    def _wait(self, pause: float | None, url: str, said: str, headers: Headers = _NO_HEADERS) -> None:
        """Raises CompileError (`weight-source-unreachable`) when no try is left."""
        if pause is None:
            message = f"{shown(url)} cannot be read: {said or 'it hangs up'}"
            help = "try again later: what was received is kept"
            raise CompileError([SOURCE_UNREACHABLE.bare(message, help=help)])
        told = headers.get("Retry-After", "")
        seconds = float(told) if told.isdigit() else pause * random.uniform(0.8, 1.2)
        time.sleep(min(seconds, _LONGEST_PAUSE))


class _Busy(Exception):
    def __init__(self, answer: httpx.Response) -> None:
        super().__init__(answer.status_code)
        self.answer = answer


def shown(url: str) -> str:
    """An address without what may be secret in it: a login, a signature."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()


def validator_of(headers: Headers) -> str:
    """What tells one state of a file from the next; blank where the server says nothing of the kind."""
    return headers.get("ETag", "") or headers.get("Last-Modified", "")


def _check_unchanged(answer: httpx.Response, url: str, validator: str) -> None:
    said = ""
    if validator and validator_of(answer.headers) != validator:
        said = "changed while it was imported"
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        said = "is sent compressed, though that was not asked for"
    if said:
        raise CompileError([SOURCE_ANSWER.bare(f"{shown(url)} {said}", help="import again")])


def _accepted(answer: httpx.Response, url: str) -> httpx.Response:
    """Raises CompileError for what no further try would better."""
    status, place = answer.status_code, shown(url)
    if answer.is_success:
        return answer
    if status in (401, 403):
        help = "log in, or set a token: `cogc explain weight-source-refused` says how"
        raise CompileError([SOURCE_REFUSED.bare(f"{place} may not be read: it answers {status}", help=help)])
    if status in (404, 410):
        raise CompileError([SOURCE_MISSING.bare(f"there is no {place}", help="correct the `uri`")])
    raise CompileError([SOURCE_ANSWER.bare(f"{place} answers {status}", help="look at the address in a browser")])
