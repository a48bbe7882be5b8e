from typing import List

from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(
        self,
        layers: List[str] = Input(choices=["base", "top"], default=["base"]),
        scores: List[float] = Input(ge=0, le=1, default=[0.5]),
    ) -> str:
        return ",".join(layers)
