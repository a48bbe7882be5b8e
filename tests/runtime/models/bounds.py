"""Limits and choices as people write them, and such as cannot hold."""

# mypy: ignore-errors
# Some of what they do is not typed well, or at all.

import decimal
import math
from typing import Any, List, Optional, Union

from cog import BasePredictor, Input


class Limits(BasePredictor):
    def predict(
        self,
        whole: int = Input(default=1, ge=0.5, le=3.5),
        maybe: Optional[int] = Input(default=None, ge=0.5),
        either: Union[int, float] = Input(default=1, ge=0.5),
        text: str = Input(default="a", min_length=1.0, max_length=3.0),
        real: float = Input(default=1, ge=-math.inf, le=decimal.Decimal("1.5")),
    ) -> str:
        return f"{whole} {maybe} {either} {text} {real}"


class NumpyLimits(BasePredictor):
    import numpy

    def predict(self, whole: int = Input(default=1, ge=numpy.float32(0.5), le=numpy.int64(5))) -> int:
        return whole


class NegativeLength(BasePredictor):
    def predict(self, text: str = Input(min_length=-1)) -> str:
        return text


class HalfLength(BasePredictor):
    def predict(self, text: str = Input(max_length=1.5)) -> str:
        return text


class NoBound(BasePredictor):
    def predict(self, real: float = Input(ge="1")) -> float:
        return real


class NothingBelow(BasePredictor):
    def predict(self, real: float = Input(le=-math.inf)) -> float:
        return real


class TextForNumbers(BasePredictor):
    def predict(self, count: int = Input(choices=["1", "2"])) -> int:
        return count


class NumbersForTexts(BasePredictor):
    def predict(self, names: Optional[List[str]] = Input(choices=[1, 2])) -> Any:
        return names


class Chosen(BasePredictor):
    def predict(
        self,
        count: Optional[int] = Input(default=None, choices=[1, 2]),
        names: List[str] = Input(default=[], choices=["a", "b"]),
        either: Union[int, str] = Input(default="a", choices=["a", "b"]),
        anything: Any = Input(default="a", choices=["a", "b"]),
    ) -> Any:
        return [count, names, either, anything]
