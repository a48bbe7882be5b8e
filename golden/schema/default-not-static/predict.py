import os
import random

from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(
        self,
        seed: int = Input(default=random.randint(0, 9)),
        model: str = os.environ.get("MODEL", "small"),
        words: list = Input(default=[word for word in "ab"]),
        limit: float = Input(default=float("inf")),
    ) -> str:
        return model
