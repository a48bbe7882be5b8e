from cog import BasePredictor, streaming


class Predictor(BasePredictor):
    @streaming
    def predict(self, prompt: str) -> str:
        return prompt
