"""Interfaces that the OpenAPI document has to tell in full."""

from typing import Any, Dict, Iterator, List, Optional, Union

from cog import BaseModel, BasePredictor, ConcatenateIterator, File, Input, Path, Secret, streaming

LIST_OF_TEXT = ["a", "b"]


class Inputs(BasePredictor):
    def predict(
        self,
        text: str,
        whole_number: int = Input(description="How many", default=5, ge=1, le=10),
        real: float = 0.5,
        flag: bool = False,
        path: Path = Input(default=None, accept="image/*,.png"),
        file: File = Input(default=None),
        token: Secret = Input(default=None),
        size: str = Input(default="abc", min_length=2, max_length=4, regex="^a"),
        choice: str = Input(default="a", choices=[*LIST_OF_TEXT, "c"]),
        Output: int = Input(default=1, choices=[1, 2]),  # noqa: N803 - named like a component
        nothing: int = Input(default=None),
        optional: Optional[float] = Input(description="May be left out"),
        either: Union[str, List[str], None] = None,
        texts: List[str] = Input(default=["x"]),
        mapping: Dict[str, Any] = {},
        old: str = Input(default="", deprecated=True),
    ) -> str:
        return text


class Plain(BasePredictor):
    def predict(self) -> List[Dict[str, int]]:
        return []


class Many(BasePredictor):
    def predict(self) -> Iterator[Path]:
        yield Path("x")


class Stream(BasePredictor):
    @streaming
    def predict(self) -> ConcatenateIterator[str]:
        yield "x"


class Inner(BaseModel):
    n: int


class Output(BaseModel):
    text: str
    score: Optional[float]
    inner: Inner
    count: int = 3


class Object(BasePredictor):
    def predict(self) -> Output:
        return Output(text="x", score=None, inner=Inner(n=1))
