from dataclasses import dataclass
from typing import List

from cog import BaseModel, BasePredictor


class Message(BaseModel):
    role: str


@dataclass
class Box:
    width: int


class Predictor(BasePredictor):
    def predict(self, messages: List[Message], box: Box) -> Message:
        return messages[0]
