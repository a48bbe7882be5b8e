from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(
        self,
        steps: int = Input(ge="one"),
        prompt: str = Input(max_length=-1),
        code: str = Input(regex="[a-z"),
        style: str = Input(choices=[]),
        size: str = Input(choices=["a", 1]),
        old: str = Input(deprecated="yes"),
        text: str = Input(description=3),
    ) -> str:
        return prompt
