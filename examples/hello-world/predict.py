"""The smallest model that shows its parts: something loaded once, something asked each time."""

from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def setup(self) -> None:
        self.greeting = "Hello"

    def predict(self, name: str = Input(description="Whom to greet", default="World", max_length=100)) -> str:
        return f"{self.greeting}, {name}!"
