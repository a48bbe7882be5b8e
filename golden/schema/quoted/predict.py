from typing import List, Optional

from cog import BaseModel, BasePredictor, Input


class Predictor(BasePredictor):
    class Result(BaseModel):
        words: "List[str]"

    def predict(self, text: "str" = Input(description="Text"), seed: "Optional[int]" = None) -> "Predictor.Result":
        return Predictor.Result(words=text.split())
