from datetime import date, datetime
from typing import List, Literal

from cog import BasePredictor, Input


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
    ) -> str:
        return ""
