from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(self, text: str = Input(accept="image/png")) -> str:
        return text
