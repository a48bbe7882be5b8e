"""Classes that hold themselves."""

# mypy: ignore-errors
# Some of what they do is not typed well, or at all.

import dataclasses
from typing import Dict, List, Optional, Union

from typing_extensions import TypedDict

from cog import BaseModel, BasePredictor, Path


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
