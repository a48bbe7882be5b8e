"""A hundred outputs in a second."""

import time
from typing import Iterator

from cog import BasePredictor


class Paced(BasePredictor):
    def predict(self) -> Iterator[int]:
        for number in range(100):
            time.sleep(0.01)
            yield number
