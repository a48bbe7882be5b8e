"""Models that write in many ways."""

import asyncio
import contextvars
import ctypes
import logging
import os
import subprocess
import sys
import threading
import time
from typing import Any

from cog import BasePredictor, current_scope, emit_metric

logging.basicConfig(level=logging.INFO, format="%(message)s")


class Writer(BasePredictor):
    def predict(self) -> str:
        print("by print")
        print("by stderr", file=sys.stderr)
        logging.info("by logging")
        os.write(1, b"by os\n")
        ctypes.CDLL(None).puts(b"by C")
        subprocess.run(["echo", "by child"], check=True)
        print("no newline", end="")
        return "done"


class AsyncWriter(BasePredictor):
    """Waits in the middle, so that several are there."""

    async def predict(self, name: str, seconds: float = 0.5) -> str:
        print(f"{name} by print")
        context = contextvars.copy_context()  # as asyncio.to_thread does, since Python 3.9
        await asyncio.get_running_loop().run_in_executor(None, context.run, print, f"{name} by to_thread")
        await asyncio.sleep(seconds)
        os.write(1, f"{name} by os\n".encode())
        subprocess.run(["echo", f"{name} by child"], check=True)
        thread = threading.Thread(target=print, args=(f"{name} by thread",))
        thread.start()
        thread.join()
        await asyncio.sleep(seconds)
        return name


class PlainWriter(BasePredictor):
    def predict(self, name: str, seconds: float = 0.5) -> int:
        time.sleep(seconds)
        subprocess.run(["echo", f"{name} by child"], check=True)
        time.sleep(seconds)
        return os.getpid()


class Shaped(BasePredictor):
    """Lines with indentation, blank ones, a bar that overwrites itself, and bytes that are no text."""

    def predict(self) -> str:
        print("  indented\n\n  after a blank line  ")
        print("\r10%\r20%")
        os.write(1, b"\xff\xfe\n")
        return "done"


class Talkative(BasePredictor):
    """Writes as fast as it can."""

    def predict(self) -> str:
        while True:
            print("x" * 100)


class Threads(BasePredictor):
    def predict(self) -> int:
        def write(name: int) -> None:
            for number in range(500):
                print(f"{name}-{number}-" + "x" * 100)

        threads = [threading.Thread(target=write, args=(name,)) for name in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return 8 * 500


class Metrics(BasePredictor):
    def predict(self) -> str:
        scope = current_scope()
        scope.record_metric("plain", 1)
        scope.record_metric("count", 1, mode="incr")
        scope.record_metric("count", 2, mode="incr")
        scope.record_metric("list", "a", mode="append")
        scope.record_metric("list", "b", mode="append")
        scope.record_metric("deep.er.value", 0.5)
        emit_metric("old", True)
        scope.metrics["set"] = 2.5
        scope.metrics["gone"] = scope.metrics["undone"] = 1
        del scope.metrics["gone"]
        scope.metrics["undone"] = None
        return "done"


class BadMetric(BasePredictor):
    def predict(self, name: str, value: Any, mode: str = "replace") -> str:
        current_scope().record_metric("taken", 1)
        current_scope().record_metric("text", "abc")
        current_scope().record_metric(name, value, mode=mode)
        return "done"
