from cog import BasePredictor

from ..shared import Output


class Predictor(BasePredictor):
    def predict(self, text: str) -> Output:
        return Output(text)
