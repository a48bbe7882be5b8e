"""Models that meddle with their process, as libraries do now and then."""

import asyncio
import os
import sys
import time
from typing import Any

from cog import BasePredictor, Input


class Tee:
    """A copy of what is printed, as many projects have one: no more than `write`."""

    def __init__(self) -> None:
        self.terminal = sys.stdout
        self.copied = ""

    def write(self, text: str) -> None:
        self.terminal.write(text)
        self.copied += text


class TeeInSetup(BasePredictor):
    def setup(self) -> None:
        sys.stdout = sys.stderr = Tee()

    def predict(self, fail: bool = False) -> str:
        print("hi")
        if fail:
            raise ValueError("it broke")
        return "done"


class TeeInAsyncPredict(BasePredictor):
    async def predict(self) -> str:
        sys.stdout = Tee()
        print("hi")
        return "done"


class Odd(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no text")


class OddError(BasePredictor):
    def predict(self) -> str:
        raise Odd


class OddErrorAsync(BasePredictor):
    async def predict(self) -> str:
        raise Odd


class OddSetup(BasePredictor):
    def setup(self) -> None:
        raise Odd

    def predict(self) -> str:
        return ""


class OddHealth(BasePredictor):
    def healthcheck(self) -> bool:
        raise Odd

    def predict(self) -> str:
        return ""


class LeavingHealth(BasePredictor):
    def healthcheck(self) -> bool:
        sys.exit("enough")

    def predict(self) -> str:
        return ""


def leave(how: str) -> Any:
    """The end of a child."""
    if how == "raise":
        raise ValueError("the child broke")
    if how == "exit":
        sys.exit(3)
    return "child"


class Forking(BasePredictor):
    def predict(self, how: str = "") -> Any:
        if how:
            child = os.fork()
            if child == 0:
                return leave(how)
            _, status = os.waitpid(child, 0)
            return ["parent", os.WEXITSTATUS(status)]
        return os.getpid()


class ForkingAsync(BasePredictor):
    async def predict(self, how: str = "") -> Any:
        if how:
            loop = asyncio.get_running_loop()
            moment: asyncio.Future[None] = loop.create_future()
            loop.call_later(0.2, moment.set_result, None)
            child = os.fork()
            await moment  # both go on in the loop
            if child == 0:
                return leave(how)
            _, status = os.waitpid(child, 0)
            return ["parent", os.WEXITSTATUS(status)]
        return os.getpid()


class Daemon(BasePredictor):
    """A double fork, as Unix daemons begin; the second child goes on for a while."""

    def predict(self, seconds: float = Input(default=0.0)) -> int:
        if seconds and os.fork() == 0:
            os.setsid()
            if os.fork():
                sys.exit(0)
            time.sleep(seconds)
            sys.exit(0)
        return os.getpid()


class ForkingSetup(BasePredictor):
    def setup(self) -> None:
        if os.fork() == 0:
            sys.exit(0)
        os.wait()

    def predict(self) -> str:
        return "parent"
