from typing import Dict, List

from cog import BasePredictor, Input, Path, Secret

SIZE = 512
STYLES = {"photo": 1, "sketch": 2}


class Predictor(BasePredictor):
    def predict(
        self,
        width: int = Input(default=SIZE),
        height: int = Input(default=SIZE * 2 - 1),
        largest: int = Input(default=2**31 - 1),
        learning_rate: float = Input(default=1e-4),
        shift: float = Input(default=-1),
        name: str = Input("positional"),
        tags: List[str] = Input(default=["a", "b"]),
        weights: Dict[str, float] = Input(default={"base": 1.0}),
        order: List[int] = Input(default={3, 1, 2}),
        styles: List[str] = Input(default=list(STYLES)),
        banner: str = Input(default=f"{SIZE} pixels"),
        source: Path = Input(default="https://example.com/cat.png"),
        token: Secret = Input(default=None),
        required: str = Input(...),
    ) -> str:
        return name
