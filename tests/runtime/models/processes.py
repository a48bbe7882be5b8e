"""Models that start processes, or keep the worker's own busy."""

import ctypes
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path as File
from typing import Any, Dict, Iterator

from cog import BasePredictor, Path

DAEMON = """
import os, sys
if os.fork() == 0:
    os.setsid()
    print(os.getpid(), flush=True)
    os.close(1)
    os.execvp("sleep", ["sleep", sys.argv[1]])
"""


def daemon(seconds: int) -> int:
    """A process that has left its parent, its group and its session."""
    command = [sys.executable, "-c", DAEMON, str(seconds)]
    return int(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


class Parent(BasePredictor):
    def setup(self) -> None:
        self.child = subprocess.Popen(["sleep", "600"])
        self.daemon = daemon(600)

    def predict(self) -> Dict[str, int]:
        return {"child": self.child.pid, "daemon": self.daemon}


class ShortLived(BasePredictor):
    def predict(self) -> int:
        return daemon(0)


class Pid(BasePredictor):
    def predict(self, seconds: float = 0.0) -> int:
        time.sleep(seconds)
        return os.getpid()


class Busy(BasePredictor):
    """In C code that no signal interrupts."""

    def predict(self, act: str) -> str:
        print("before")
        done: str = getattr(self, act)()
        return done

    def compute(self) -> str:
        hashlib.pbkdf2_hmac("sha256", b"", b"", 2**31 - 1)
        return "computed"

    def hold_the_lock(self) -> str:
        ctypes.PyDLL(None).sleep(60)
        return "slept"

    def nothing(self) -> str:
        return "fine"


class Awaited(BasePredictor):
    def predict(self) -> Any:
        return {"waited": File(os.environ["COG_WAIT_FILE"]).exists(), "eager": "colorsys" in sys.modules}


class Files(BasePredictor):
    """Makes files faster than anybody takes them."""

    def setup(self) -> None:
        self.made = File(os.environ["MADE"])

    def predict(self, count: int) -> Iterator[Path]:
        for number in range(count):
            path = Path(tempfile.gettempdir(), "many.txt")
            path.write_text("x" * 1000 + str(number))
            self.made.write_text(str(number))
            yield path


class Texts(BasePredictor):
    def predict(self, count: int, size: int) -> Iterator[str]:
        for _ in range(count):
            yield "x" * size
