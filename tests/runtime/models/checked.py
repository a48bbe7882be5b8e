"""Models with a healthcheck of their own."""

import asyncio
import time

from cog import BasePredictor


def verdict(state: str) -> bool:
    if state == "broken":
        raise ConnectionError("no connection")
    return state == "good"


class Checked(BasePredictor):
    def setup(self) -> None:
        self.state = "good"

    def predict(self, state: str = "good", seconds: float = 0.0) -> str:
        self.state = state
        time.sleep(seconds)
        return state

    def healthcheck(self) -> bool:
        return verdict(self.state)


class AsyncCheck(Checked):
    async def healthcheck(self) -> bool:  # type: ignore[override] # as a model may do
        await asyncio.sleep(0)
        return verdict(self.state)


class AsyncChecked(BasePredictor):
    async def setup(self) -> None:
        self.state = "good"

    async def predict(self, state: str = "good") -> str:
        self.state = state
        return state

    async def healthcheck(self) -> bool:
        await asyncio.sleep(0)
        return verdict(self.state)


class Slow(Checked):
    def healthcheck(self) -> bool:
        time.sleep(10)
        return True
