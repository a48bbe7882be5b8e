from typing import Literal, Union

from cog import BasePredictor, Input, Path


class Predictor(BasePredictor):
    def predict(
        self,
        prompt: str = Input(ge=1),
        steps: int = Input(min_length=1, regex="[0-9]"),
        image: Path = Input(max_length=10),
        scale: float = Input(choices=[1, 2]),
        either: Union[int, str] = Input(ge=1),
        mode: Literal["a", "b"] = Input(choices=["a"]),
    ) -> str:
        return prompt
