from cog import BasePredictor


class Predictor(BasePredictor):
    def predict(self, text: str, text: int = 1) -> str:
        return text
