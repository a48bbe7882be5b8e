from cog import BasePredictor


class Predictor(BasePredictor):
    def predict(self, a: int, b: float) -> float:
        return a + b
