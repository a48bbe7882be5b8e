from cog import BasePredictor

from outputs import Output


class Predictor(BasePredictor):
    def predict(self, text: str) -> Output:
        return Output(text)
