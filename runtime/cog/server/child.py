"""A worker's process and the server's ends of what joins them, made without an event loop: it may not run yet."""

import json
import os
import socket
import subprocess
import sys
from typing import Optional

from .. import scratch
from .config import Config
from .strays import VARIABLE, new_mark


class Child:
    """`folder` is for its temporary files; `mark` is in the environment of whatever it starts.

    `data` and `control` are sockets, `stdout` and `stderr` the numbers of pipes, all for the server to read and close.
    """

    def __init__(self, config: Config, folder: str) -> None:
        """Raises OSError when no process can be started."""
        self.folder = folder
        self.mark = new_mark()
        self.data, data_far = socket.socketpair()
        self.control, control_far = socket.socketpair()
        self.stdout, stdout_far = os.pipe()
        self.stderr, stderr_far = os.pipe()
        sockets = (data_far.fileno(), control_far.fileno())
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "cog.worker", _spec(config, *sockets)],
                stdin=subprocess.DEVNULL,
                stdout=stdout_far,
                stderr=stderr_far,
                pass_fds=sockets,
                env={**os.environ, VARIABLE: self.mark, scratch.VARIABLE: folder},
                start_new_session=True,
            )
        except OSError:
            self._close()
            raise
        finally:
            for end in (data_far.detach(), control_far.detach(), stdout_far, stderr_far):
                os.close(end)

    def _close(self) -> None:
        for end in (self.data.detach(), self.control.detach(), self.stdout, self.stderr):
            os.close(end)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def status(self) -> Optional[int]:
        """Of its exit, negative for a signal; None while it runs."""
        return self._process.returncode

    def signal(self, number: int) -> None:
        """Raises ProcessLookupError."""
        self._process.send_signal(number)

    def wait(self) -> int:
        """Blocks until it has ended; returns its status."""
        return self._process.wait()


def _spec(config: Config, data_fd: int, control_fd: int) -> str:
    return json.dumps(
        {
            "data_fd": data_fd,
            "control_fd": control_fd,
            "mode": config.mode,
            "reference": config.reference,
            "other": config.other,
            "max_concurrency": config.max_concurrency,
        }
    )
