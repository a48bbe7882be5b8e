from typing import List

from cog import BasePredictor, Input

STYLES = ["photo", "sketch"]


class Predictor(BasePredictor):
    def predict(
        self,
        style: str = Input(choices=STYLES, default="painting"),
        steps: int = Input(ge=1, le=50, default=100),
        code: str = Input(min_length=2, max_length=3, regex="^[a-z]+$", default="ABCD"),
        scores: List[float] = Input(ge=0, default=[0.5, -1]),
    ) -> str:
        return style
