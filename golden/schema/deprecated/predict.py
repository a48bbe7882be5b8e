from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(
        self,
        prompt: str,
        quality: int = Input(default=90, ge=0, le=100, deprecated=True, description="Use `size` instead"),
        size: int = Input(default=512, deprecated=False),
    ) -> str:
        return prompt
