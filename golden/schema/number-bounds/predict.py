from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(
        self,
        steps: int = Input(ge=1, le=500, default=50),
        scale: float = Input(description="Factor to scale by", ge=1.0, le=10.0, default=1.5),
        least: float = Input(ge=0),
    ) -> float:
        return scale
