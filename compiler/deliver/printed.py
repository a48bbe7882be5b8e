"""What a process prints, handed on as it comes."""

import codecs
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

_CHUNK = 1 << 16
# Seconds that the last words of a process may take to arrive.
_LAST_WORDS = 5.0


@contextmanager
def handed_on(stream: IO[bytes], hear: Callable[[str], None]) -> Iterator[None]:
    """Reads in the background; at the end, when the process should be gone, waits for its last words."""
    reader = threading.Thread(target=_read, args=(stream, hear), daemon=True)
    reader.start()
    try:
        yield
    finally:
        reader.join(_LAST_WORDS)


def _read(stream: IO[bytes], hear: Callable[[str], None]) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while chunk := stream.read1(_CHUNK):  # type: ignore[attr-defined] # that of a pipe is a BufferedReader
        hear(decoder.decode(chunk))
    hear(decoder.decode(b"", final=True))
