from __future__ import annotations

from cog import BaseModel, BasePredictor


class Node(BaseModel):
    name: str
    children: list[Node]


class Predictor(BasePredictor):
    def predict(self, text: str) -> Node:
        return Node(name=text, children=[])
