"""A model whose environment has no pydantic."""

# mypy: disable-error-code="call-arg, misc"
# Which base class there is depends on the environment.

import sys
import tempfile
from typing import List, Optional

sys.modules["pydantic"] = None  # type: ignore[assignment] # what Python itself takes for "not there"

from cog import *  # noqa: E402, F403 - as models write it; after pydantic is gone
from cog import BaseModel, BasePredictor, Path  # noqa: E402 - after pydantic is gone


class Inner(BaseModel):
    n: int


class Output(BaseModel):
    inner: Inner
    more: List[Inner] = []  # noqa: RUF012 - as with pydantic, each object has its own
    note: Optional[str]
    later: int
    file: "Optional[Path]"


class Bare(BasePredictor):
    def predict(self, more: int = 0, forget: bool = False) -> Output:
        if forget:
            return Output(later=2)
        path = Path(tempfile.mkdtemp()) / "one.txt"
        path.write_text("x")
        output = Output(inner=Inner(n=1), later=2, file=path, unknown=1)
        output.more.extend(Inner(n=number) for number in range(more))
        return output


class Node(BaseModel):
    name: str
    children: List["Node"] = []  # noqa: RUF012 - as with pydantic, each object has its own
    parent: Optional["Node"]


class Nodes(BasePredictor):
    def predict(self) -> Node:
        return Node(name="a", children=[Node(name="b", parent=Node(name="c"))])
