"""Takes its time before it is ready."""

import time

from cog import BasePredictor


class Predictor(BasePredictor):
    def setup(self) -> None:
        time.sleep(3)

    def predict(self) -> str:
        return "ready"
