from typing import List, Sequence

from cog import BasePredictor, Input, Path


class Predictor(BasePredictor):
    def predict(
        self,
        paths: list[Path],
        words: List[str] = Input(description="Any number of words"),
        matrix: list[list[float]] = Input(default=[[1.0, 0.0], [0.0, 1.0]]),
        anything: list = [],
        names: Sequence[str] = ("a", "b"),
        pair: tuple[int, int] = (1, 2),
        unique: set[str] = Input(default=[]),
    ) -> List[Path]:
        return paths
