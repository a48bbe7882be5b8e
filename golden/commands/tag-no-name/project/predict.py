from cog import BasePredictor, Input, Path


class Predictor(BasePredictor):
    def predict(self, image: Path, radius: float = Input(default=5, ge=0, le=50)) -> Path:
        return image
