from typing import Iterator, List

from cog import BasePredictor


class Predictor(BasePredictor):
    def predict(self, tokens: Iterator[str], nothing: None, rows: List[Iterator[int]]) -> str:
        return ""
