from enum import Enum, auto
from typing import Literal

from cog import BasePredictor


class Mode(Enum):
    FAST = auto()
    GOOD = auto()


class Mixed(Enum):
    ONE = 1
    TWO = "two"


class Predictor(BasePredictor):
    def predict(self, mode: Mode, mixed: Mixed, flag: Literal[True], size: Literal["a", 1], name: Literal[min]) -> str:
        return ""
