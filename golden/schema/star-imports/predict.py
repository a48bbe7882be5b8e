from typing import *

from cog import *


class Predictor(BasePredictor):
    def predict(self, words: List[str], size: Literal["s", "m"] = Input(default="s")) -> Iterator[Path]:
        yield Path(words[0])
