from datetime import date, datetime
from typing import List, Literal, Union

from cog import BasePredictor, Input, Path


class Predictor(BasePredictor):
    def predict(
        self,
        steps: int = Input(default="50"),
        scale: float = Input(default=True),
        verbose: bool = 1,
        words: List[str] = Input(default=["a", 2]),
        mode: Literal["fast", "good"] = "slow",
        options: dict = [],
        when: datetime = Input(default="soon"),
        day: date = Input(default="2024-02-30"),
        image: Union[Path, str] = 5,
    ) -> str:
        return ""
