from cog import BasePredictor, concurrent


class Predictor(BasePredictor):
    @concurrent(4)
    async def predict(self, prompt: str) -> str:
        return prompt
