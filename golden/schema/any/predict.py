from typing import Any

from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(self, payload: Any, extra: Any = Input(default=None), thing: object = 1) -> Any:
        return payload
