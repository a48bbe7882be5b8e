from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(self, steps: int = Input(ge=10, le=1), word: str = Input(min_length=5, max_length=2)) -> str:
        return word
