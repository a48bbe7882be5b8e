"""A model in a folder, which imports its neighbour."""

from cog import BasePredictor

from .neighbour import ANSWER


class Predictor(BasePredictor):
    def predict(self) -> str:
        return ANSWER
