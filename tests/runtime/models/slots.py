"""Runs until there is a file, so that a test says for how long others wait."""

import pathlib
import time

from cog import BasePredictor


class Held(BasePredictor):
    def setup(self) -> None:
        self.turns = 0

    def predict(self, until: str = "") -> int:
        self.turns += 1
        while until and not pathlib.Path(until).exists():
            time.sleep(0.01)
        return self.turns
