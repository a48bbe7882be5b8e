"""A thread beside the predictions: ends the worker with its server, and runs the model's healthcheck."""

import asyncio
import inspect
import os
import signal
import socket
import threading
from typing import Any, Optional, Tuple

from .. import wire
from .model import Model
from .report import message_of

_ORPHANED = 3


class Attendant:
    """Reads the control socket; before the model is ready, every check passes."""

    def __init__(self, fd: int) -> None:
        self._socket = socket.socket(fileno=fd)
        self._check: Optional[Tuple[Any, asyncio.AbstractEventLoop]] = None

    def attach(self, model: Model, loop: asyncio.AbstractEventLoop) -> None:
        if model.healthcheck is not None:
            self._check = (model.healthcheck, loop)

    def run(self) -> None:
        # The main thread alone takes the signal that cancels.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
        while wire.receive(self._socket) is not None:
            threading.Thread(target=self._answer, daemon=True).start()
        # Nobody is left to hear the model: it may be in the middle of anything, so no orderly way out.
        os._exit(_ORPHANED)

    def _answer(self) -> None:
        self._socket.sendall(wire.encode({"type": "health", "error": self._error()}))

    def _error(self) -> Optional[str]:
        if self._check is None:
            return None
        try:
            return None if self._result(*self._check) else "the healthcheck returned False"
        except BaseException as error:
            return f"the healthcheck raised {type(error).__name__}: {message_of(error)}"

    def _result(self, check: Any, loop: asyncio.AbstractEventLoop) -> Any:
        if not inspect.iscoroutinefunction(check):
            return check()
        if loop.is_running():
            return asyncio.run_coroutine_threadsafe(check(), loop).result()
        return asyncio.run(check())


def watch(fd: int) -> Attendant:
    """Starts the thread."""
    attendant = Attendant(fd)
    threading.Thread(target=attendant.run, daemon=True, name="cog-attendant").start()
    return attendant
