"""Types beyond the plain ones, in both directions. Each output says what the model was given."""

import datetime
import enum
import sys
import typing
from dataclasses import dataclass
from typing import Any, Dict, FrozenSet, List, Optional, Sequence, Set, Tuple

from cog import BaseModel, BasePredictor, Input, Path, Secret

if sys.version_info >= (3, 11):
    from typing import NotRequired, TypedDict
else:
    from typing_extensions import NotRequired, TypedDict


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Options(TypedDict):
    when: datetime.date
    colour: NotRequired[Colour]


class Inputs(BasePredictor):
    """The values as they came, as text that shows their types."""

    def predict(
        self,
        colour: Colour = Input(default=Colour.RED),
        level: Level = Input(default=Level.LOW),
        colours: List[Colour] = Input(default=[]),
        when: Optional[datetime.datetime] = None,
        day: Optional[datetime.date] = None,
        since: datetime.date = datetime.date(2024, 1, 31),
        until: datetime.datetime = datetime.datetime(2024, 12, 31, 23, 59),
        unique: Set[int] = Input(default=[]),
        frozen: Optional[FrozenSet[str]] = None,
        pair: Tuple[int, str] = Input(default=[]),
        many: Tuple[Colour, ...] = Input(default=[]),
        sequence: Sequence[str] = Input(default=[]),
        options: Optional[Options] = None,
        named: Dict[str, Colour] = Input(default={}),
        tokens: List[Secret] = Input(default=[]),
        keys: Dict[str, Secret] = Input(default={}),
        files: Dict[str, Path] = Input(default={}),
    ) -> Dict[str, str]:
        return {name: show(value) for name, value in locals().items() if name != "self"}


def show(value: Any) -> str:
    return repr(sorted(value)) if isinstance(value, (set, frozenset)) else repr(value)


class Named(BaseModel):
    colour: Colour
    when: datetime.datetime
    note: Optional[str]


@dataclass
class Point:
    x: int
    y: float
    path: Optional[Path] = None


class Shape(TypedDict):
    points: List[Point]
    level: Level


class AsModel(BasePredictor):
    def predict(self) -> Named:
        return Named(colour=Colour.BLUE, when=datetime.datetime(2024, 1, 2, 3, 4, 5))  # type: ignore[call-arg] # left out


class AsTypedDict(BasePredictor):
    def predict(self) -> Shape:
        return {"points": [Point(1, 2.5)], "level": Level.HIGH}


class Loose(typing.TypedDict, total=False):
    """Of the standard library, which on Python 3.8 does not say which keys may be left out."""

    note: str
    level: Level


class AsLooseDict(BasePredictor):
    def predict(self) -> Loose:
        return {"note": "x"}


class AsEnum(BasePredictor):
    def predict(self) -> Colour:
        return Colour.RED


class AsDataclass(BasePredictor):
    def predict(self) -> Point:
        return Point(1, 2)


class AsSet(BasePredictor):
    def predict(self) -> Set[str]:
        return {"a"}


class AsDate(BasePredictor):
    def predict(self) -> datetime.date:
        return datetime.date(2024, 1, 2)


class AsNumpy(BasePredictor):
    def predict(self) -> List[float]:
        import numpy

        vector: List[float] = numpy.array([0.5, 1.5], dtype="float32")  # type: ignore[assignment] # as models do
        return vector
