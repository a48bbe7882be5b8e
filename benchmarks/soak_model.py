"""The model of the soak: does what the request says, good and bad."""

import os
import time
from collections.abc import Iterator

from cog import BasePredictor


class Soak(BasePredictor):
    def predict(self, act: str, seconds: float = 0.0) -> Iterator[str]:
        print("act", act)
        if act == "fail":
            raise ValueError("as asked")
        if act == "crash":
            os._exit(7)
        if act == "write":
            yield from ("piece" for _ in range(50))
        time.sleep(seconds)
        yield act
