from cog import BasePredictor, Input

PROMPT = Input(description="What to draw", min_length=1)


class Inputs:
    seed = Input(default=None, description="Random when left out")

    @staticmethod
    def size(default: int, most: int = 2048) -> int:
        """A side of the picture in pixels."""
        return Input(default=default, ge=64, le=most)


class Predictor(BasePredictor):
    def predict(
        self,
        prompt: str = PROMPT,
        width: int = Inputs.size(512),
        height: int = Inputs.size(default=768, most=1024),
        seed: int = Inputs.seed,
    ) -> str:
        return prompt
