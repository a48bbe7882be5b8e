"""Part: a file that is arriving, in ranges and in any order, under a name that nobody takes for the file's."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from threading import Lock

from .faults import Corrupt
from .state import Slot
from .wanted import Wanted

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets in the file: from `start` up to `end`, which is not in it."""

    start: int
    end: int


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same offsets in as few spans as there can be, in order."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def missing(size: int, spans: Iterable[Span], length: int) -> Iterator[Span]:
    """What is not in any span, in pieces of at most `length`."""
    at = 0
    for span in (*merged(spans), Span(size, size)):
        while at < span.start:
            yield Span(at, min(at + length, span.start))
            at = min(at + length, span.start)
        at = max(at, span.end)


class Part:
    """Written by several threads. The digest follows, in order, behind what has arrived."""

    def __init__(self, wanted: Wanted, slot: Slot) -> None:
        self.wanted = wanted
        self._slot = slot
        self._file = os.open(slot.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        self._state, self._following = Lock(), Lock()
        self._spans = self._saved()
        self._hash, self._hashed = hashlib.sha256(), 0
        self._is_taken = False
        os.ftruncate(self._file, wanted.size)

    @property
    def arrived(self) -> int:
        """Bytes."""
        return sum(span.end - span.start for span in self._spans)

    def missing(self, length: int) -> tuple[Span, ...]:
        return tuple(missing(self.wanted.size, self._spans, length))

    def take_all(self) -> bool:
        """True for the first who asks: it alone fetches the file from its beginning, from a server without ranges."""
        with self._state:
            first, self._is_taken = not self._is_taken, True
        return first

    @property
    def is_taken(self) -> bool:
        return self._is_taken

    def write(self, at: int, view: memoryview) -> None:
        """Raises OSError, with the name of the file, where the disk is full."""
        start, left = at, view
        try:
            while left:
                count = os.pwrite(self._file, left, at)
                left, at = left[count:], at + count
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(self._slot.path)) from error
        self._hash_next(start, view)

    def finished(self, span: Span) -> None:
        """Remembers a span on disk, and lets the digest follow unless another thread is at it.

        A file that is complete gets its name at once, and needs no remembering.
        """
        with self._state:
            self._spans = merged((*self._spans, span))
            if self._first_end() < self.wanted.size:
                spans = [[span.start, span.end] for span in self._spans]
                self._slot.save({"digest": self.wanted.digest, "size": self.wanted.size, "finished": spans})
        if self._following.acquire(blocking=False):
            try:
                self._follow()
            finally:
                self._following.release()

    def settle(self) -> None:
        """Gives the file its name. Raises Corrupt where it is not what was wanted."""
        with self._following:
            if self._is_taken:  # what was digested may have been written over
                self._hash, self._hashed = hashlib.sha256(), 0
            self._follow()
        digest = f"sha256:{self._hash.hexdigest()}"
        if digest != self.wanted.digest:
            raise Corrupt(f"what arrived has the digest {digest}")
        os.fsync(self._file)
        self.wanted.path.parent.mkdir(parents=True, exist_ok=True)
        self._slot.path.replace(self.wanted.path)
        self._slot.clear()

    def reset(self) -> None:
        """Forgets all that has arrived."""
        self._slot.clear()
        os.ftruncate(self._file, 0)
        os.ftruncate(self._file, self.wanted.size)
        self._spans, self._is_taken = (), False
        self._hash, self._hashed = hashlib.sha256(), 0

    def remove(self) -> None:
        self._slot.clear()
        self._slot.path.unlink(missing_ok=True)

    def close(self) -> None:
        os.close(self._file)

    def _hash_next(self, at: int, view: memoryview) -> None:
        """What arrives in order need not be read again."""
        if at != self._hashed or not self._following.acquire(blocking=False):
            return
        try:
            if at == self._hashed:
                self._hash.update(view)
                self._hashed += len(view)
        finally:
            self._following.release()

    def _follow(self) -> None:
        while self._hashed < self._first_end():
            block = os.pread(self._file, min(_BLOCK, self._first_end() - self._hashed), self._hashed)
            self._hash.update(block)
            self._hashed += len(block)

    def _first_end(self) -> int:
        """Up to where nothing is missing."""
        spans = self._spans
        return spans[0].end if spans and spans[0].start == 0 else 0

    def _saved(self) -> tuple[Span, ...]:
        """The spans of an earlier process, if its file is still the one that they are in."""
        saved = self._slot.load()
        fits = (saved.get("digest"), saved.get("size")) == (self.wanted.digest, self.wanted.size)
        if not fits or os.fstat(self._file).st_size != self.wanted.size:
            return ()
        return merged(Span(int(start), int(end)) for start, end in saved.get("finished", ()))
