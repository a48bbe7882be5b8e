from cog import BasePredictor


class Predictor(BasePredictor):
    def predict(self, iterations: int, prompt: str = "default prompt", guidance: float = 7.5, seed: int = None) -> str:
        return prompt
