"""The worker's standard output and error, read by the server.

Read here and not in the worker, so that C code, subprocesses and the last words of a crash are caught
without a thread in the model's process.
"""

import asyncio
import codecs
import os
import select
from typing import Callable

_READ_BYTES = 1 << 16


class LogPipe:
    """The near end of a pipe; the text that comes out goes to a function."""

    def __init__(self, source: str, near_end: int, on_text: Callable[[str, str], None]) -> None:
        self.near_end = near_end
        self._source = source
        self._on_text = on_text
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._is_open = True
        os.set_blocking(near_end, False)
        asyncio.get_running_loop().add_reader(self.near_end, self._read)

    def drain(self) -> None:
        """Reads all that has been written up to now."""
        while self._is_open and self._read():
            pass

    def _read(self) -> bool:
        try:
            data = os.read(self.near_end, _READ_BYTES)
        except BlockingIOError:
            return False
        if not data:
            self.close()
            return False
        text = self._decoder.decode(data)
        if text:
            self._on_text(self._source, text)
        return True

    def close(self) -> None:
        if not self._is_open:
            return
        self._is_open = False
        asyncio.get_running_loop().remove_reader(self.near_end)
        os.close(self.near_end)


class LogPipes:
    """Those of one process."""

    def __init__(self, stdout: int, stderr: int, on_text: Callable[[str, str], None]) -> None:
        self._both = (LogPipe("stdout", stdout, on_text), LogPipe("stderr", stderr, on_text))
        self._unread = select.poll()
        for pipe in self._both:
            self._unread.register(pipe.near_end, select.POLLIN)

    def drain(self) -> None:
        """Reads all that has been written up to now."""
        # Most predictions print nothing: one question to the kernel, where two reads that fail would be dear.
        if self._unread.poll(0):
            for pipe in self._both:
                pipe.drain()

    def close(self) -> None:
        for pipe in self._both:
            pipe.close()
