from cog import BasePredictor, concurrent


class Predictor(BasePredictor):
    @concurrent(max=4)
    def predict(self, prompt: str) -> str:
        return prompt
