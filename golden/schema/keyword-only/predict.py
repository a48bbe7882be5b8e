from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(self, prompt: str, *, steps: int = 10, seed: int = Input(default=0), size: int) -> str:
        return prompt
