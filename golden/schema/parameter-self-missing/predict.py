from cog import BasePredictor


class Predictor(BasePredictor):
    def predict(prompt: str, times: int = 1) -> str:
        return prompt * times
