from typing import Dict, List, NotRequired, Required, TypedDict

from cog import BasePredictor


class Tool(TypedDict):
    name: str
    strict: NotRequired[bool]


class Call(TypedDict, total=False):
    tool: Required[Tool]
    arguments: Dict[str, int]


class Predictor(BasePredictor):
    def predict(self, tools: List[Tool], call: Call) -> List[Call]:
        return [call]
