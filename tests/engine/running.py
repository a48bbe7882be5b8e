"""Commands that run on while a test looks at them."""

import json
import os
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..runtime.serving import eventually
from .projects import docker

LIMIT = 60.0


@dataclass
class Started:
    """A command of ours in the background; `printed` is what it has printed so far, of both streams."""

    process: "subprocess.Popen[str]"
    printed: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.printed)

    def wait_for(self, text: str) -> None:
        eventually(lambda: self.text, lambda found: text in found, LIMIT)

    def interrupt(self) -> int:
        """Ctrl-C in a terminal, which reaches all of the command's processes; gives the exit code."""
        self.send_interrupt()
        return self.ended()

    def send_interrupt(self) -> None:
        os.killpg(self.process.pid, signal.SIGINT)

    def ended(self) -> int:
        code = self.process.wait(LIMIT)
        self._reader.join()
        return code

    def listen(self) -> None:
        self._reader = threading.Thread(target=self._take, daemon=True)
        self._reader.start()

    def _take(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as stream:
            while text := stream.readline(1):
                self.printed.append(text)


@contextmanager
def started(folder: Path, *arguments: str, **variables: str) -> Iterator[Started]:
    """`cogc` in the project's folder, with a terminal's ways and nothing on its standard input."""
    process = subprocess.Popen(
        [sys.executable, "-m", "cogc", *arguments], cwd=folder, env={**os.environ, **variables},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        process_group=0, preexec_fn=_take_interrupts,
    )  # fmt: skip
    command = Started(process)
    command.listen()
    try:
        yield command
    finally:
        process.kill()
        command.ended()


def _take_interrupts() -> None:
    """Also where the tests run in a shell's background, which ignores them and hands that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def ready(port: int) -> None:
    eventually(lambda: _get(port, "health-check"), lambda found: found.get("status") == "READY", LIMIT)


def asked(port: int, **inputs: Any) -> Any:
    """The answer to a prediction; empty where there is no server."""
    return _get(port, "predictions", json.dumps({"input": inputs}).encode())


def _get(port: int, path: str, body: bytes | None = None) -> Any:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", body) as answer:
            return json.load(answer)
    except OSError:
        return {}


def left_over(folder: Path) -> list[str]:
    """Containers of a project, whether they run or not; they are removed, so that only one test fails for them."""
    found = docker("ps", "--all", "--quiet", "--filter", f"volume={folder}").split()
    if found:
        docker("rm", "--force", *found)
    return found


def the_container(folder: Path) -> str:
    """The one that runs of a project, as soon as there is one."""

    def ask() -> list[str]:
        return docker("ps", "--quiet", "--filter", f"volume={folder}").split()

    (found,) = eventually(ask, lambda found: len(found) == 1, LIMIT)
    return found
