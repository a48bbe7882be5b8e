import os

from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(
        self,
        prompt: str = Input(description=open("prompt.txt").read()),
        steps: int = Input(ge=int(os.environ["LEAST"]), le=2 ** 100000),
    ) -> str:
        return prompt
