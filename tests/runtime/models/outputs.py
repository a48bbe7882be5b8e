"""Outputs of every kind. `Any` lets the value pass; the other classes have the annotation under test."""

# mypy: disable-error-code="call-arg, misc"
# Left-out optional fields and generators that are not annotated as such are what some models do.

import collections
import dataclasses
import datetime
import decimal
import enum
import math
import pathlib
import tempfile
import uuid
from typing import Any, AsyncIterator, Dict, Iterator, List, Optional, Union

from cog import AsyncConcatenateIterator, BaseModel, BasePredictor, ConcatenateIterator, Path


class Colour(enum.Enum):
    RED = "red"


@dataclasses.dataclass
class Point:
    x: int
    y: int


class Inner(BaseModel):
    n: int


class Nested(BaseModel):
    inner: Inner
    more: List[Inner]
    absent: Optional[str]


VALUES: Dict[str, Any] = {
    "empty": "",
    "zero": 0,
    "list": [],
    "false": False,
    "none": None,
    "big": 2**70,
    "tuple": (1, 2),
    "set": {1},
    "enum": Colour.RED,
    "time": datetime.datetime(2024, 1, 2, 3, 4, 5),
    "dataclass": Point(1, 2),
    "model": Nested(inner=Inner(n=1), more=[Inner(n=2)]),
    "dict": {"a": {"b": [1, None, "x"]}},
    "keys": {1: "a"},
    "seconds": datetime.timedelta(seconds=1.5),
    "moments": [datetime.date(2024, 1, 2), datetime.time(3, 4)],
    "decimals": [decimal.Decimal("1.5"), decimal.Decimal(2**70)],
    "uuid": uuid.UUID(int=5),
    "views": [range(2), collections.deque([1]), {"a": 1}.keys(), map(str, [1])],
    "nan": math.nan,
    "infinity": [math.inf],
    "surrogate": "\ud800",
    "bytes": b"x",
    "object": object(),
    "decimal": decimal.Decimal("inf"),
}


class Values(BasePredictor):
    def predict(self, name: str) -> Any:
        return VALUES[name]


class Numpy(BasePredictor):
    def predict(self) -> Any:
        import numpy

        return {"scalar": numpy.float32(0.5), "array": numpy.array([[1, 2], [3, 4]])}


class Nothing(BasePredictor):
    def predict(self) -> None:
        pass


class Maybe(BasePredictor):
    def predict(self, text: Optional[str] = None) -> Optional[str]:
        return text


class WrongType(BasePredictor):
    def predict(self) -> Dict[str, int]:
        return {"a": 1, "b": "two"}  # type: ignore[dict-item] # the fault under test


class Whole(BasePredictor):
    """As division and rounding leave their results."""

    def predict(self) -> Dict[str, int]:
        return {"exact": 2**70, "real": 4 / 2}  # type: ignore[dict-item] # as models do


class Mixed(BasePredictor):
    def predict(self) -> List[Union[float, int]]:
        return [1, 2.0, 2.5]


class NameOfFile(BasePredictor):
    def predict(self) -> Path:
        return "/etc/hostname"  # type: ignore[return-value] # the fault under test


class UrlOfFile(BasePredictor):
    def predict(self) -> Path:
        return "https://example.com/x.png"  # type: ignore[return-value] # as models do that have uploaded it


class FileForText(BasePredictor):
    def predict(self) -> Dict[str, str]:
        path = pathlib.Path(tempfile.mkdtemp(), "x.txt")
        path.write_text("x")
        return {"file": path}  # type: ignore[dict-item] # as models do, for its data URL is text


class HalfNumber(BasePredictor):
    def predict(self) -> int:
        return 2.5  # type: ignore[return-value] # the fault under test


class WrongItem(BasePredictor):
    def predict(self) -> Iterator[str]:
        yield "one"
        yield 2
        yield "three"


class Typed(BasePredictor):
    def predict(self) -> Nested:
        return Nested(inner=Inner(n=1), more=[])


class Texts(BasePredictor):
    def predict(self, count: int = 3) -> Iterator[str]:
        for number in range(count):
            yield f"piece {number}"


class Pieces(BasePredictor):
    def predict(self) -> ConcatenateIterator[str]:
        yield "The "
        yield "fox"


class Models(BasePredictor):
    def predict(self) -> Iterator[List[Inner]]:
        yield [Inner(n=1), Inner(n=2)]


class BreaksOff(BasePredictor):
    def predict(self) -> Iterator[str]:
        print("starting")
        yield "one"
        raise RuntimeError("no more")


class Collected(BasePredictor):
    def predict(self) -> List[str]:
        yield "a"
        yield "b"


class AsyncTexts(BasePredictor):
    async def predict(self) -> AsyncIterator[str]:
        yield "a"
        yield "b"


class AsyncPieces(BasePredictor):
    async def predict(self) -> AsyncConcatenateIterator[str]:
        yield "a"
        yield "b"


class AsyncBreaksOff(BasePredictor):
    async def predict(self) -> AsyncIterator[str]:
        print("starting")
        yield "one"
        raise RuntimeError("no more")
