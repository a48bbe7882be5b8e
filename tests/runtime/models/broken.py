"""Models that cannot be set up, or must not be served."""

# mypy: ignore-errors
# The faults are what these models are for.

import os
import sys
import time
from typing import Any, List, Union

from cog import BaseModel, BasePredictor, ConcatenateIterator, Input, Path, Secret, streaming


class SetupRaises(BasePredictor):
    def setup(self) -> None:
        print("on the way", end="")
        raise RuntimeError("no weights here")

    def predict(self) -> str:
        return "never"


class SetupExits(SetupRaises):
    def setup(self) -> None:
        sys.exit(2)


class SetupDies(SetupRaises):
    def setup(self) -> None:
        os._exit(4)


class SetupIsSlow(SetupRaises):
    def setup(self) -> None:
        time.sleep(600)


class Untyped(BasePredictor):
    def predict(self, text) -> str:
        return text


class Foreign:
    pass


class UnknownType(BasePredictor):
    def predict(self, thing: Foreign) -> str:
        return ""


class NoReturn(BasePredictor):
    def predict(self, text: str):
        return text


class SecretOrText(BasePredictor):
    def predict(self, thing: Union[Secret, str]) -> str:
        return ""


class Point(BaseModel):
    x: int


class NestedModel(BasePredictor):
    def predict(self, points: Union[List[Point], str]) -> str:
        return ""


class FileDefault(BasePredictor):
    def predict(self, image: Union[Path, str] = Input(default=5)) -> str:
        return ""


class NumberStream(BasePredictor):
    def predict(self) -> ConcatenateIterator[int]:
        yield 1


class BadRegex(BasePredictor):
    def predict(self, text: str = Input(regex="(")) -> str:
        return text


class NoNumber(BasePredictor):
    def predict(self, real: float = Input(default=float("nan"))) -> float:
        return real


def by_position(text: str, /) -> str:
    return text


class MixedChoices(BasePredictor):
    def predict(self, text: str = Input(choices=["a", 1])) -> str:
        return text


class Both(BasePredictor):
    def predict(self) -> str:
        return "predict"

    def run(self) -> str:
        return "run"


class Neither(BasePredictor):
    pass


class AsyncSetup(BasePredictor):
    async def setup(self) -> None:
        pass

    def predict(self) -> str:
        return ""


class Sync(BasePredictor):
    def predict(self) -> str:
        return ""


class StreamsNothing(BasePredictor):
    @streaming
    def predict(self) -> str:
        return ""


NOT_CALLABLE: Any = 3
