"""Takes its time, so that others wait."""

import time

from cog import BasePredictor


class Slow(BasePredictor):
    def setup(self) -> None:
        self.turns = 0

    def predict(self, seconds: float = 0.3) -> int:
        self.turns += 1
        time.sleep(seconds)
        return self.turns
