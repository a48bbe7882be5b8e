from typing import List

from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(self, words: List[str] = Input(default_factory=list)) -> str:
        return " ".join(words)
