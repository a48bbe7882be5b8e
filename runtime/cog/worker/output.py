"""The worker's standard output and error, as model code sees them."""

import io
import sys
from typing import List

from ..scope import current_scope
from .channel import Channel


class RoutedText(io.TextIOWrapper):
    """A standard stream that can send what a prediction prints to that prediction's log.

    Until it is routed, text goes the plain way: from there the server takes it, C code's and subprocesses' too.
    """

    def __init__(self, fd: int, source: str) -> None:
        raw = io.FileIO(fd, "wb", closefd=False)
        super().__init__(io.BufferedWriter(raw), encoding="utf-8", errors="backslashreplace", line_buffering=True)
        self._source = source
        self._channels: List[Channel] = []

    def route(self, channel: Channel) -> None:
        self._channels = [channel]

    def write(self, text: str) -> int:
        owner = current_scope().id if self._channels else None
        if owner is None:
            return super().write(text)
        data = text.encode("utf-8", "backslashreplace").decode("utf-8")
        for channel in self._channels:
            channel.send({"type": "log", "id": owner, "source": self._source, "data": data})
        return len(text)


def take_over_output() -> None:
    """Before the model is imported, for its log handlers keep the streams that they find."""
    sys.stdout = RoutedText(1, "stdout")
    sys.stderr = RoutedText(2, "stderr")


def route_output(channel: Channel) -> None:
    """From now on several predictions print at a time."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, RoutedText):
            stream.route(channel)
