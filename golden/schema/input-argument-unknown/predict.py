from cog import BasePredictor, Input

COMMON = {"ge": 1, "le": 9}


class Predictor(BasePredictor):
    def predict(
        self,
        prompt: str = Input(desciption="What to draw"),
        size: int = Input(512, 64),
        steps: int = Input(default=5, **COMMON),
        title: str = Input(title="A title"),
    ) -> str:
        return prompt
