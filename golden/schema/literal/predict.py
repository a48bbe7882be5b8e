from typing import Literal, Optional

from cog import BasePredictor, Input

Size = Literal["small", "large"]


class Predictor(BasePredictor):
    def predict(
        self,
        mode: Literal["fast", "good"] = "fast",
        steps: Literal[1, 2, 4] = Input(default=2, description="Number of steps"),
        size: Size = Input(default="small"),
        maybe: Optional[Size] = None,
        formats: list[Literal["png", "webp"]] = Input(default=["png"]),
    ) -> Size:
        return size
