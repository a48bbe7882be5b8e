from collections.abc import Generator

from cog import BaseModel, BasePredictor


class Step(BaseModel):
    number: int
    text: str


class Predictor(BasePredictor):
    def predict(self, count: int = 3) -> Generator[list[Step], None, None]:
        yield [Step(number=1, text="one")]
