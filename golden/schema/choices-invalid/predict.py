from typing import List

from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(
        self,
        size: int = Input(choices=["small", "large"], default="small"),
        name: List[str] = Input(choices=[1, 2]),
    ) -> str:
        return name
