from cog import BasePredictor, Input

from model import Output, sizes
from model.styles import *


class Predictor(BasePredictor):
    def predict(
        self,
        size: int = Input(choices=sizes.ALL, default=sizes.ALL[0]),
        style: str = Input(choices=STYLES),
    ) -> Output:
        return Output(url="https://example.com", size=size)
