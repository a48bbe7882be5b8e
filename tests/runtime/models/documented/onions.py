"""What the HTTP API document asks for, and its way of cleaning up."""

import tempfile
import time
from typing import Iterator

from cog import BasePredictor, Path
from cog.server.exceptions import CancelationException


class Painter(BasePredictor):
    def predict(self, prompt: str) -> Path:
        path = Path(tempfile.mkdtemp()) / "image.png"
        path.write_text(prompt)
        return path


class Captioner(BasePredictor):
    def predict(self, image: Path, text: str) -> Path:
        path = Path(tempfile.mkdtemp()) / "image.png"
        path.write_text(f"{image.read_text()} {text}")
        return path


class Narrator(BasePredictor):
    """Writes a line for each of its outputs, and lasts longer than half a second."""

    def predict(self, prompt: str) -> Iterator[str]:
        for number in range(8):
            print("line", number)
            yield f"{prompt} {number}"
            time.sleep(0.15)


def process(image: Path) -> Path:
    print("at work", flush=True)
    time.sleep(30)
    return image


def predict(image: Path) -> Path:
    try:
        return process(image)
    except CancelationException as e:
        print("cleaned up")
        raise e
