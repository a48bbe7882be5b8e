import typing as t

import cog
from cog import BasePredictor as Base
from cog import Input as I
from cog.types import Path as P

Words = t.List[str]
Maybe = t.Optional[int]


class Predictor(Base):
    def predict(self, words: Words = I(default=["a"]), seed: Maybe = None, image: P = cog.Input(default=None)) -> t.Dict[str, cog.Path]:
        return {}
