"""Asynchronous models."""

import asyncio
import logging
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


class Decorated(BasePredictor):
    @concurrent(max=3)
    async def predict(self, seconds: float = 0.5) -> str:
        await asyncio.sleep(seconds)
        return "done"


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


class Ticks(BasePredictor):
    async def predict(self, count: int = 3) -> AsyncIterator[float]:
        for _ in range(count):
            yield time.time()
            await asyncio.sleep(0.3)


logging.basicConfig(level=logging.INFO, format="%(message)s")


class Logged(BasePredictor):
    async def predict(self, name: str) -> str:
        await asyncio.sleep(0.2)
        logging.info("logged %s", name)
        await asyncio.sleep(0.2)
        return name
