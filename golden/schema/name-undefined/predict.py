from typing import Optional

from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(self, words: List[str], seed: Optinal[int] = None, size: int = Input(default=SIZE)) -> str:
        return ""
