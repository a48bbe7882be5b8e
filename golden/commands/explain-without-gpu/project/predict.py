from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(self, text: str = Input(description="What to shout"), times: int = Input(default=1, ge=1, le=10)) -> str:
        return text.upper() * times
