from cog import BasePredictor, Input

from .types import Output


class Predictor(BasePredictor):
    def predict(self, text: str = Input(description="Text")) -> Output:
        return Output(text=text)
