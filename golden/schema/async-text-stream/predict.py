from cog import AsyncConcatenateIterator, BasePredictor, Input, concurrent

SLOTS = 8


class Predictor(BasePredictor):
    async def setup(self) -> None:
        self.words = ["a", "b"]

    @concurrent(max=SLOTS)
    async def predict(self, prompt: str = Input(description="Text to go on with")) -> AsyncConcatenateIterator[str]:
        for word in self.words:
            yield word
