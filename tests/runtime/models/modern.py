"""Types as Python 3.10 and newer write them."""

import dataclasses
from typing import Any, List, TypedDict

from cog import BasePredictor, Input, Path, Secret


class Shape(TypedDict, total=False):
    name: str
    sides: int | None


@dataclasses.dataclass
class Point:
    x: int | None
    note: "str | None" = None
    tags: list[str] = dataclasses.field(default_factory=list)


class Inputs(BasePredictor):
    """The values as they came, as text that shows their types."""

    def predict(
        self,
        text: str | None,
        number: int | None = Input(default=None, ge=0),
        either: str | float | None = None,
        path: Path | None = None,
        paths: list[Path] | None = None,
        token: Secret | None = None,
        texts: list[str] | None = None,
        counts: dict[str, int | None] = Input(default={}),
        pair: tuple[int, str] | None = None,
        shape: Shape | None = None,
        older: "List[int | str]" = Input(default=[]),
    ) -> dict[str, str]:
        given: dict[str, Any] = {name: value for name, value in locals().items() if name != "self"}
        given["path"] = path and path.read_text()
        given["paths"] = paths and [each.read_text() for each in paths]
        return {name: repr(value) for name, value in given.items()}


class Points(BasePredictor):
    def predict(self, count: int = 1) -> list[Point] | None:
        return [Point(x=None if number else number) for number in range(count)] or None
