from cog import BasePredictor


class Predictor(BasePredictor):
    def predict(self, *words: str) -> str:
        return " ".join(words)
