"""Receipt: one range of a file, fetched and written in place."""

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from .client import blob_path
from .faults import Answered, Corrupt, Fault, Lost
from .part import Part, Span
from .request import Request, may_pull
from .retry import retried

if TYPE_CHECKING:
    import requests

    from .pull import Arrival

_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
# Bytes after which what has arrived is remembered.
_MARK = 32 << 20


class Receipt:
    """`_at` is the next offset of the file to be written: what a try has written is not fetched again.

    `_is_alone` is true once it reads the whole file from a server that knows no ranges, for all other receipts.
    """

    def __init__(self, arrival: "Arrival", part: Part, span: Span) -> None:
        self._arrival, self._part, self._wanted = arrival, part, part.wanted
        self._span, self._at = span, span.start
        self._is_alone = False

    def receive(self) -> None:
        """Raises Fault, Stopped, OSError; what was written before is remembered."""
        arrival = self._arrival
        try:
            retried(self._try, arrival.registry.patience, arrival.stop, mark=lambda: self._at, waiting=self._waits)
        finally:
            if self._at > self._span.start:
                self._part.finished(Span(self._span.start, self._at))

    def _try(self) -> None:
        if self._at == self._span.end or (self._part.is_taken and not self._is_alone):
            return
        try:
            with self._arrival.registry.stream(self._request()) as response:
                begins = self._beginning(response)
                if response.status_code == HTTPStatus.PARTIAL_CONTENT or self._may_read_all():
                    self._read(response, begins)
        except Answered as fault:
            if fault.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                raise Corrupt("the registry's blob is shorter than what was asked for") from fault
            raise

    def _request(self) -> Request:
        wanted, first, last = self._wanted, self._wanted.start + self._at, self._wanted.start + self._span.end - 1
        is_all = wanted.is_whole and (self._at, self._span.end) == (0, wanted.size)
        headers = {} if is_all else {"Range": f"bytes={first}-{last}"}
        repository = self._arrival.repository
        return Request("GET", blob_path(repository, wanted.blob), may_pull(repository), (200, 206), headers)

    def _beginning(self, response: "requests.Response") -> int:
        """The offset of the file at which a body begins; it is negative before the file's first byte."""
        if response.status_code == HTTPStatus.OK:
            self._compare(response.headers.get("Content-Length", ""))
            return -self._wanted.start
        found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", "").strip())
        if found is None or int(found[1]) > self._wanted.start + self._at:
            raise Lost(f"another range was sent: {response.headers.get('Content-Range', 'it is not said which')}")
        self._compare(found[3])
        return int(found[1]) - self._wanted.start

    def _compare(self, total: str) -> None:
        """Raises Corrupt where a server says at once that its blob is not the one that is wanted."""
        wanted = self._wanted
        end = wanted.start + wanted.size
        if total.isdigit() and (int(total) < end or (wanted.is_whole and int(total) != end)):
            raise Corrupt(f"the registry's blob has {total} bytes instead of {end}")

    def _may_read_all(self) -> bool:
        """Without ranges, one receipt reads the file from its beginning and the others leave it to that one."""
        if self._is_alone or self._span == Span(0, self._wanted.size):
            return True
        if not self._part.take_all():
            return False
        self._is_alone, self._span, self._at = True, Span(0, self._wanted.size), 0
        return True

    def _read(self, response: "requests.Response", position: int) -> None:
        """Writes the span's bytes from a body that begins at a position of the file. Raises Lost where it is short."""
        from .session import blocks

        marked = self._at
        for block in blocks(response):
            self._arrival.stop.check()
            useful = memoryview(block)[max(0, self._at - position) :][: self._span.end - self._at]
            position += len(block)
            self._part.write(self._at, useful)
            self._at += len(useful)
            self._arrival.moved(len(useful))
            if position > self._span.end:
                break
            if self._at - marked >= _MARK:
                marked = self._at
                self._part.finished(Span(self._span.start, self._at))
        if self._at < self._span.end:
            raise Lost(f"the body ended {self._span.end - self._at} bytes early")

    def _waits(self, fault: Fault, seconds: float) -> None:
        self._arrival.waits(f"{fault}; again in {seconds:.0f} s")
