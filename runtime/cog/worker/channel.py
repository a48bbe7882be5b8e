"""The worker's end of the connection to the server."""

import contextlib
import socket
import threading
from typing import Any, ContextManager, Optional

from .. import wire


class Channel:
    """Frames over one socket; sending is safe from several threads.

    `unbroken` is a context in which no signal handler raises: half a frame would spoil all that follow.
    """

    def __init__(self, fd: int) -> None:
        self.socket = socket.socket(fileno=fd)
        self.unbroken: ContextManager[Any] = contextlib.nullcontext()
        self._lock = threading.Lock()

    def send(self, message: wire.Message) -> None:
        """Raises ValueError or TypeError, with nothing sent, for what JSON cannot hold."""
        self.send_frame(wire.encode(message))

    def send_frame(self, frame: bytes) -> None:
        with self.unbroken, self._lock:
            self.socket.sendall(frame)

    def receive(self) -> Optional[wire.Message]:
        return wire.receive(self.socket)
