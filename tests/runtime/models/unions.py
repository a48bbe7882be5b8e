"""Unions of what JSON cannot tell apart, or shows in another form."""

import datetime
import enum
import tempfile
from typing import Any, Dict, List, Set, Tuple, TypedDict, Union

from cog import BaseModel, BasePredictor, File, Path, Secret


class Color(enum.Enum):
    RED = "red"


class Shape(TypedDict):
    file: Path


class Inputs(BasePredictor):
    def predict(
        self,
        path_or_text: Union[Path, str] = "plain",
        text_or_path: Union[str, Path] = "plain",
        path_or_number: Union[Path, int] = 0,
        packed: Union[Path, int] = "packed.txt",  # type: ignore[assignment] # as models write it
        one_or_more: Union[Path, List[Path]] = [],
        file_or_text: Union[File, str] = "plain",
        each: List[Union[str, Path]] = [],
        named: Dict[str, Union[Path, int, None]] = {},
        pair: Tuple[Path, int] = (),  # type: ignore[assignment] # as models write it
        shape_or_text: Union[Shape, str] = "plain",
        time: Union[datetime.datetime, datetime.date, int, str, None] = None,
        color: Union[Color, int] = Color.RED,
        texts: Union[List[str], Set[int]] = [],
        secrets: Union[List[Secret], str] = "plain",
    ) -> Any:
        return {name: shown(value) for name, value in locals().items() if name != "self"}


def shown(value: Any) -> Any:
    """A file is its content, said to be one."""
    if isinstance(value, Path):
        return f"file: {value.read_text()}" if value.exists() else f"no file: {value}"
    if hasattr(value, "read"):
        return f"handle: {value.read().decode()}"
    if isinstance(value, (list, tuple)):
        return [shown(item) for item in value]
    if isinstance(value, dict):
        return {name: shown(item) for name, item in value.items()}
    return value if isinstance(value, (str, int, type(None))) else repr(value)


class Named(BaseModel):
    name: str


class Counted(BaseModel):
    count: int
    file: Path


class Outputs(BasePredictor):
    def predict(self, which: str) -> Union[Path, List[Path], Named, Counted, str]:
        place = Path(tempfile.mkdtemp()) / "out.txt"
        place.write_text("content")
        found: Dict[str, Any] = {
            "file": place,
            "files": [place, place],
            "named": Named(name="a"),
            "counted": Counted(count=1, file=place),
            "text": "out.txt",
            "number": 5,
        }
        return found[which]  # type: ignore[no-any-return] # one of them is wrong
