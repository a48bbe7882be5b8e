"""Models as people write them that did not run at first."""

# mypy: ignore-errors
# Some of what they do is not typed well, or at all.

import dataclasses
import decimal
import enum
import math
import pathlib
from typing import Any, Dict, List, Optional, Union

from typing_extensions import TypedDict

from cog import BaseModel, BasePredictor, File, Input, Path


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


def make(prefix):
    def generate(self, text: str) -> str:
        return prefix + text

    return generate


def loud(method):
    """A decorator that keeps the annotations, but not the name."""

    def louder(self, text: str) -> str:
        return method(self, text) + "!"

    return louder


class Made(BasePredictor):
    predict = make("sd-")


class Decorated(BasePredictor):
    @loud
    def predict(self, text: str) -> str:
        return text


class Base(BasePredictor):
    def generate(self, text: str) -> str:
        return "base " + text

    predict = generate


class Overriding(Base):
    def generate(self, text: str) -> str:
        return "never"


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


ODD = {
    "dotdict": lambda: DotDict(a=1, b=DotDict(c=2)),
    "magic": lambda: Magic(a=1),
    "meter": lambda: Meter(5),
    "keys": lambda: {None: 1, True: 2, 1.5: 3, 7: 4, Colour.RED: 5, Colour.ONE: 6},
    "tuple-key": lambda: {(1, 2): 3},
    "path-key": lambda: {pathlib.Path("a"): 3},
}


class Odd(BasePredictor):
    def predict(self, name: str) -> Any:
        return ODD[name]()


class Computed(BasePredictor):
    def predict(self) -> Any:
        import pydantic

        if pydantic.VERSION.startswith("1."):
            return [{"side": 2, "area": 4}] * 2

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


class Node(BaseModel):
    name: str
    children: List["Node"] = []  # noqa: RUF012 - as models write it
    parent: Optional["Node"]


@dataclasses.dataclass
class Item:
    name: str
    next: Optional["Item"] = None
    owner: Optional["Owner"] = None


@dataclasses.dataclass
class Owner:
    items: List[Item]


class Tree(TypedDict, total=False):
    file: Path
    either: Union["Tree", Path]
    leaves: Dict[str, "Tree"]


class Nodes(BasePredictor):
    def predict(self) -> Node:
        return Node(name="a", children=[Node(name="b", parent=Node(name="c"))])


class Items(BasePredictor):
    def predict(self) -> Item:
        return Item("a", Item("b"), Owner([Item("c")]))


class Trees(BasePredictor):
    def predict(self, tree: Tree) -> Tree:
        return {"file": tree["file"], "either": tree["either"], "leaves": {"read": {"text": tree["file"].read_text()}}}


class Plain(BasePredictor):
    def predict(self, text: str, steps: int = Input(default=3), more: Optional[str] = Input(default=None)) -> str:
        return f"{text} {steps} {more}"


class Derived(Plain):
    def predict(self, text: str = Input(default="a")) -> str:
        return super().predict(text)


class Converted(Derived):
    @classmethod
    def train(cls, count: int = Input(default=2)) -> str:
        return f"trained {count}"

    def run(self, text: str = Input(default="b")) -> str:
        return f"{super().predict()}, {super().predict(text)}, {self.train()}"


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


class NoFiles(BasePredictor):
    def predict(
        self,
        path: Path = Input(default=""),
        file: File = Input(default=""),
        either: Union[Path, List[Path]] = Input(default=""),
    ) -> str:
        return f"{path} {file} {either}"


class Anything(BasePredictor):
    def predict(self, value: Any = None, record: dict = {}, either: Union[Tree, List[Any]] = [], **more: Any) -> Any:
        return [value, record, either, more]
