"""The functions of the Training API document."""

# mypy: disable-error-code="assignment, return-value"
# None as a default and text handles for File are documented and beyond a type checker.

import io
import tempfile

from cog import BaseModel, BasePredictor, File, Input, Path


def train(param: str) -> File:
    return io.StringIO("hello " + param)


def with_inputs(
    train_data: Path = Input(description="URL of the data"),
    learning_rate: float = Input(description="how fast", default=1e-4, ge=0),
    seed: int = Input(description="where to begin", default=None),
) -> str:
    return f"{train_data.read_text()} {learning_rate} {seed}"


class TrainingOutput(BaseModel):
    weights: Path


def with_object(
    train_data: Path = Input(description="URL of the data"),
    learning_rate: float = Input(description="how fast", default=1e-4, ge=0),
    seed: int = Input(description="where to begin", default=42),
) -> TrainingOutput:
    weights_file = f"{tempfile.mkdtemp()}/weights.bin"
    Path(weights_file).write_text(f"{train_data.read_text()} {learning_rate} {seed}")
    return TrainingOutput(weights=Path(weights_file))


class Tuned(BasePredictor):
    def setup(self, weights: Path) -> None:
        self.weights = weights.read_text()

    def predict(self, prompt: str) -> str:
        return f"{prompt} by {self.weights}"
