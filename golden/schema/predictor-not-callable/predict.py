from cog import BasePredictor


class Model(BasePredictor):
    def predict(self) -> str:
        return ""


Predictor = Model()
