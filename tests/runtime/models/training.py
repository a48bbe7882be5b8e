"""Training, as a function and as a class."""

import io
import tempfile
import time
from typing import Optional

from cog import BaseModel, BasePredictor, File, Input, Path


def train(param: str, seed: int = Input(default=None)) -> File:
    return io.StringIO("hello " + param)  # type: ignore[return-value] # as documented; File is any handle


class TrainingOutput(BaseModel):
    weights: Path


def train_weights(seed: int = 42) -> TrainingOutput:
    path = Path(tempfile.gettempdir(), "weights.bin")
    path.write_bytes(b"w" * seed)
    return TrainingOutput(weights=path)


class Trainer:
    def train(self, seconds: float = 600.0) -> str:
        time.sleep(seconds)
        return "trained"


class Weighted(BasePredictor):
    def setup(self, weights: Optional[Path]) -> None:
        self.weights = weights.read_text() if weights else "none"

    def predict(self) -> str:
        return self.weights


class WeightedFile(BasePredictor):
    def setup(self, weights: File) -> None:
        self.weights: str = weights.read().decode()

    def predict(self) -> str:
        return self.weights


class WeightedText(BasePredictor):
    def setup(self, weights: str) -> None:
        self.weights = weights

    def predict(self) -> str:
        return self.weights


class WeightedWrongly(BasePredictor):
    def setup(self, weights: int) -> None:
        pass

    def predict(self) -> str:
        return ""
