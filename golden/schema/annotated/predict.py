from typing import Annotated

from cog import BasePredictor, Input

Prompt = Annotated[str, "what to draw"]


class Predictor(BasePredictor):
    def predict(self, prompt: Prompt, steps: Annotated[int, "at most 50"] = Input(default=10, le=50)) -> str:
        return prompt
