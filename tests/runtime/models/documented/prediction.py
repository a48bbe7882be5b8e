"""The predictors of the Prediction API document, with real work where it leaves that to the reader."""

# mypy: disable-error-code="arg-type, call-arg, return-value, assignment"
# Handles for File, left-out optional fields and None as a default are documented and beyond a type checker.

import io
import tempfile
from typing import Iterator, Optional

from cog import BaseModel, BasePredictor, ConcatenateIterator, File, Input, Path, Secret


class WithSetup(BasePredictor):
    def setup(self) -> None:
        """Load the model into memory"""
        self.model = len

    def predict(
        self,
        image: Path = Input(description="What to enlarge"),
        scale: float = Input(description="By how much", default=1.5),
    ) -> Path:
        """Run a single prediction on the model"""
        output = Path(tempfile.mkdtemp()) / "enlarged.txt"
        output.write_text(str(self.model(image.read_bytes()) * scale))
        return output


class StreamsFiles(BasePredictor):
    def predict(self) -> Iterator[Path]:
        done, number = False, 0
        while not done:
            path = Path(tempfile.mkdtemp()) / f"{number}.txt"
            path.write_text(str(number))
            number += 1
            done = number == 3
            yield Path(path)


class StreamsText(BasePredictor):
    def predict(self) -> ConcatenateIterator[str]:
        for token in ["The", "quick", "brown", "fox"]:
            yield token + " "


class Bounded(BasePredictor):
    def predict(
        self,
        image: Path = Input(description="What to enlarge"),
        scale: float = Input(description="By how much", default=1.5, ge=1.0, le=10.0),
    ) -> Path:
        return image


class PlainDefaults(BasePredictor):
    def predict(self, iterations: int, prompt: str = "default prompt") -> str:
        return prompt * iterations


class Text(BasePredictor):
    def predict(self) -> str:
        return "hello"


class Output(BaseModel):
    file: File
    text: str


class Object(BasePredictor):
    def predict(self) -> Output:
        return Output(text="hello", file=io.StringIO("hello"))


class Score(BaseModel):
    score: Optional[float]
    file: Optional[Path]


class OptionalProperties(BasePredictor):
    def predict(self, condition: bool) -> Score:
        if condition:
            return Score(score=1.5)
        return Score(file=io.StringIO("hello"))


class Handles(BasePredictor):
    def predict(self, source_image: File = Input(description="What to enlarge")) -> File:
        return File(io.BytesIO(source_image.read() * 2))  # type: ignore[no-any-return] # File(x) is x


class Paths(BasePredictor):
    def predict(self, image: Path = Input(description="What to enlarge")) -> Path:
        output_path = Path(tempfile.mkdtemp()) / "upscaled.png"
        output_path.write_bytes(image.read_bytes() * 2)
        print(output_path)
        return Path(output_path)


class Secretive(BasePredictor):
    def predict(self, api_token: Secret) -> None:
        print(api_token)
        print(api_token.get_secret_value())
