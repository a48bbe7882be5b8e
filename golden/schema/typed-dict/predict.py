from typing import List, TypedDict

from cog import BasePredictor


class Message(TypedDict):
    role: str
    content: str


class Options(TypedDict, total=False):
    temperature: float
    stop: List[str]


class Predictor(BasePredictor):
    def predict(self, messages: List[Message], options: Options) -> Message:
        return messages[0]
