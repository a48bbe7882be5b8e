from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(self, prompt, steps=Input(default=10)) -> str:
        return prompt
