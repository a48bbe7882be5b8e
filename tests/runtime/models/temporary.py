"""Models that make temporary files by way of the SDK, and end in every way."""

import asyncio
import io
import os
import time
from typing import Any, Iterator

from cog import BasePredictor, Path, URLPath


def fetched() -> Path:
    return URLPath("data:text/plain;base64,aGk=").convert()


class Acts(BasePredictor):
    """`setup` keeps a file; `predict` makes more and does as told."""

    def setup(self, weights: Path) -> None:
        self.weights = weights
        if os.environ.get("SETUP") == "fails":
            raise ValueError("as asked")
        if os.environ.get("SETUP") == "dies":
            os._exit(3)
        if os.environ.get("SETUP") == "waits":
            time.sleep(30)

    def predict(self, act: str) -> Any:
        return getattr(self, act)(fetched())

    def text(self, file: Path) -> str:
        return self.weights.read_text() + file.read_text()

    def handle(self, file: Path) -> Any:
        return io.BytesIO(b"x")

    def spoilt(self, file: Path) -> Any:
        return {"file": io.BytesIO(b"x"), "number": float("nan")}

    def fail(self, file: Path) -> Any:
        raise ValueError("as asked")

    def die(self, file: Path) -> Any:
        os._exit(3)

    def wait(self, file: Path) -> Any:
        time.sleep(30)


class Yields(BasePredictor):
    def predict(self, path: Path) -> Iterator[Path]:
        for _ in range(3):
            yield path


class AsyncYields(BasePredictor):
    async def predict(self, path: Path) -> Any:
        return [fetched(), io.BytesIO(path.read_bytes())]


class AsyncReads(BasePredictor):
    """Its file, a moment later, and what else is in the folders of its prediction."""

    async def predict(self, path: Path) -> Any:
        await asyncio.sleep(0.05)
        return [path.read_text(), len(list(path.parent.parent.iterdir()))]
