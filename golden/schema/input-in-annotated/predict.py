from typing import Annotated

from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(self, prompt: Annotated[str, Input(description="What to draw")]) -> str:
        return prompt
