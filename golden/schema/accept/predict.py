from typing import List

from cog import BasePredictor, File, Input, Path


class Predictor(BasePredictor):
    def predict(
        self,
        image: Path = Input(accept="image/png,image/jpeg", description="A picture"),
        clips: List[Path] = Input(accept="video/*"),
        table: File = Input(accept=".csv"),
    ) -> Path:
        return image
