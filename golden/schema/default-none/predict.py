from cog import BasePredictor, Input, Path


class Predictor(BasePredictor):
    def predict(
        self,
        seed: int = Input(description="Random when left out", default=None),
        prompt: str = Input(default=None),
        mask: Path = Input(default=None),
    ) -> str:
        return str(seed)
