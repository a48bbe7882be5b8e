"""Asynchronous models."""

import asyncio
import logging
import os
import sys
import time
from typing import Any, AsyncIterator

from cog import BasePredictor, concurrent, current_scope


class Sleeper(BasePredictor):
    async def setup(self) -> None:
        self.loop = asyncio.get_running_loop()

    async def predict(self, name: str = "x", seconds: float = 0.5) -> Any:
        print("begin", name)
        print("error", name, file=sys.stderr)
        current_scope().record_metric("name", name)
        await asyncio.sleep(seconds)
        print("end", name)
        return {"name": name, "same_loop": self.loop is asyncio.get_running_loop()}


class Meeting(BasePredictor):
    """Nobody leaves before all are there."""

    async def setup(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.present = 0

    async def predict(self, name: str, people: int) -> Any:
        print("begin", name)
        print("error", name, file=sys.stderr)
        current_scope().record_metric("name", name)
        self.present += 1
        while self.present < people:
            await asyncio.sleep(0.01)
        print("end", name)
        return {"name": name, "same_loop": self.loop is asyncio.get_running_loop()}


class Decorated(BasePredictor):
    @concurrent(max=3)
    async def predict(self, seconds: float = 0.5) -> str:
        await asyncio.sleep(seconds)
        return "done"


class Mortal(BasePredictor):
    async def predict(self, die: bool = False) -> str:
        if die:
            os._exit(3)
        return "alive"


class Blocked(BasePredictor):
    async def predict(self, block: bool = False) -> str:
        if block:
            time.sleep(60)
        return "free"


class Stubborn(BasePredictor):
    async def predict(self) -> str:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            return "not canceled"
        return "slept"


class Tidy(BasePredictor):
    async def predict(self) -> None:
        try:
            print("begun")
            await asyncio.sleep(60)
        except BaseException as error:
            print(type(error).__name__)
            raise


class Gated(BasePredictor):
    """Goes on after its first piece when the file `gate` is there."""

    async def predict(self, gate: str) -> AsyncIterator[str]:
        yield "first"
        while not os.path.exists(gate):  # noqa: PTH110 - a look at a local file
            await asyncio.sleep(0.01)
        yield "second"


logging.basicConfig(level=logging.INFO, format="%(message)s")


class Logged(BasePredictor):
    async def predict(self, name: str) -> str:
        await asyncio.sleep(0.2)
        logging.info("logged %s", name)
        await asyncio.sleep(0.2)
        return name
