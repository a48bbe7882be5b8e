from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(self, prompt: str, mode: str = Input(choices=["fast", "good"], default="fast")) -> str:
        return prompt
