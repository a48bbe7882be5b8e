from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(self, text: str, loud: bool, times: int = Input(default=2, ge=1, le=5)) -> str:
        return text.upper() * times
