import dataclasses
from typing import Dict, List, Optional, TypedDict, Union

from cog import BaseModel, BasePredictor, Path


class Query(TypedDict):
    words: List[str]
    inner: "Dict[str, Query]"
    either: Union[Path, "Query"]


@dataclasses.dataclass
class Person:
    name: str
    home: Optional["House"] = None


@dataclasses.dataclass
class House:
    people: List[Person]
    next: Optional["House"] = None


class Node(BaseModel):
    name: str
    children: List["Node"] = []
    parent: Optional["Node"]
    owner: Person
    other: House


class Predictor(BasePredictor):
    def predict(self, query: Query) -> Node:
        return Node(name="", owner=Person(""), other=House([]))
