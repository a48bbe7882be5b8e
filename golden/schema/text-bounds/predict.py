from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(
        self,
        code: str = Input(min_length=2, max_length=4, default="abc"),
        colour: str = Input(regex=r"^#[0-9a-f]{6}$", default="#00ff00"),
    ) -> str:
        return code
