"""An output within an output."""

from typing import Any

from cog import BasePredictor


class Deep(BasePredictor):
    def predict(self, depth: int) -> Any:
        value: Any = None
        for _ in range(depth):
            value = [value]
        return value
