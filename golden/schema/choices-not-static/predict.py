import os

from cog import BasePredictor, Input

MODELS = {"small": 1}


def available():
    return os.listdir("weights")


class Predictor(BasePredictor):
    def predict(
        self,
        model: str = Input(choices=available()),
        upper: str = Input(choices=[name.upper() for name in MODELS]),
        weights: str = Input(choices=os.listdir("weights")),
        either: str = Input(choices=list(MODELS) + available()),
    ) -> str:
        return model
