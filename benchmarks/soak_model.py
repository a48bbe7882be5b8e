"""The model of the soak: does what the request says, good and bad."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Iterator

from cog import BasePredictor


class Soak(BasePredictor):
    def predict(self, act: str, seconds: float = 0.0) -> Iterator[str]:
        print("act", act)
        if act == "fail":
            raise ValueError("as asked")
        if act == "crash":
            os._exit(7)
        if act == "write":
            yield from ("piece" for _ in range(50))
        time.sleep(seconds)
        yield act


class AsyncSoak(BasePredictor):
    async def predict(self, act: str, seconds: float = 0.0) -> AsyncIterator[str]:
        print("act", act)
        if act == "fail":
            raise ValueError("as asked")
        if act == "crash":
            os._exit(7)
        if act == "write":
            for _ in range(50):
                yield "piece"
        await asyncio.sleep(seconds)
        yield act
