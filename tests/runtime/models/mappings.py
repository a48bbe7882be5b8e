"""Outputs with attributes or keys that JSON has not."""

# mypy: ignore-errors
# Some of what they do is not typed well, or at all.

import dataclasses
import enum
import pathlib
from typing import Any

from cog import BasePredictor


class DotDict(dict):
    __getattr__ = dict.get


class Magic(dict):
    def __getattr__(self, name):
        return lambda: name


class Colour(enum.Enum):
    RED = "red"
    ONE = 1


@dataclasses.dataclass
class Meter:
    read: int


MAPPINGS = {
    "dotdict": lambda: DotDict(a=1, b=DotDict(c=2)),
    "magic": lambda: Magic(a=1),
    "meter": lambda: Meter(5),
    "keys": lambda: {None: 1, True: 2, 1.5: 3, 7: 4, Colour.RED: 5, Colour.ONE: 6},
    "tuple-key": lambda: {(1, 2): 3},
    "path-key": lambda: {pathlib.Path("a"): 3},
}


class Mappings(BasePredictor):
    def predict(self, name: str) -> Any:
        return MAPPINGS[name]()


class Computed(BasePredictor):
    def predict(self) -> Any:
        import pydantic

        class Square(pydantic.BaseModel):
            side: int

            @pydantic.computed_field
            def area(self) -> int:
                return self.side**2

        @pydantic.dataclasses.dataclass
        class Plain:
            side: int

            @pydantic.computed_field
            def area(self) -> int:
                return self.side**2

        return [Square(side=2), Plain(side=2)]
