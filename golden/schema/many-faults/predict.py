from typing import Optional

from cog import BasePredictor, Input, concurrent


class Predictor(BasePredictor):
    @concurrent(max=0)
    def predict(self, *rest: str, prompt, steps: int = Input(ge=9, le=1, default="x"), size: Optional[Imag] = None):
        return prompt
