"""Models that may be watched while they run."""

import asyncio
import os
import sys
import time
from typing import AsyncIterator, Iterator

from cog import BasePredictor, ConcatenateIterator, current_scope, streaming


class Ticks(BasePredictor):
    @streaming
    def predict(self, count: int = 3, pause: float = 0.0) -> Iterator[str]:
        for number in range(count):
            yield f"tick {number}"
            time.sleep(pause)


class AsyncTicks(BasePredictor):
    @streaming
    async def predict(self, count: int = 3, pause: float = 0.0) -> AsyncIterator[str]:
        for number in range(count):
            yield f"tick {number}"
            await asyncio.sleep(pause)


class Gated(BasePredictor):
    """Two pieces; two more when the file `gate` is there."""

    @streaming
    def predict(self, gate: str) -> Iterator[int]:
        yield from (0, 1)
        while not os.path.exists(gate):  # noqa: PTH110 - a look at a local file
            time.sleep(0.01)
        yield from (2, 3)


class AsyncGated(BasePredictor):
    @streaming
    async def predict(self, gate: str) -> AsyncIterator[int]:
        for piece in range(4):
            while piece > 1 and not os.path.exists(gate):  # noqa: PTH110 - a look at a local file
                await asyncio.sleep(0.01)
            yield piece


class Talker(BasePredictor):
    """Writes and measures between its pieces; `act` is what it ends with."""

    @streaming
    def predict(self, act: str = "end") -> ConcatenateIterator[str]:
        print("to stdout", flush=True)
        yield "one "
        print("to stderr", file=sys.stderr, flush=True)
        current_scope().record_metric("pieces", 1, mode="incr")
        yield "two"
        if act == "fail":
            raise RuntimeError("it broke")
        if act == "die":
            os._exit(3)
        if act == "wait":
            time.sleep(60)


class Flood(BasePredictor):
    """More than the buffers on the way to a client take."""

    @streaming
    def predict(self, count: int = 30_000, rest: float = 0.0) -> Iterator[str]:
        for number in range(count):
            yield f"{number}-" + "x" * 300
        time.sleep(rest)


class Plain(BasePredictor):
    def predict(self, count: int = 2) -> Iterator[str]:
        for number in range(count):
            yield f"tick {number}"


@streaming
def train(count: int = 2) -> Iterator[str]:
    yield from map(str, range(count))
