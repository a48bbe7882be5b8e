from cog import BasePredictor


class Predictor(BasePredictor):
    def predict(self, prompt: str, /, steps: int = 10) -> str:
        return prompt
