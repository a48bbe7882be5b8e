"""Models for the page on which a person runs them."""

import io
import struct
import tempfile
import time
import wave
import zlib
from typing import Any, Dict, List, Optional

from cog import BaseModel, BasePredictor, ConcatenateIterator, Input, Path, Secret, streaming


def picture(side: int) -> bytes:
    """A PNG with a blue square of that many pixels."""
    rows = b"".join(b"\x00" + b"\x20\x60\xd0" * side for _ in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def sound() -> bytes:
    """A tenth of a second of silence."""
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\0" * 1600)
    return content.getvalue()


def written(name: str, content: bytes) -> Path:
    path = Path(tempfile.mkdtemp()) / name
    path.write_bytes(content)
    return Path(path)


class Output(BaseModel):
    given: str
    picture: Path
    sound: Path
    numbers: List[int]


class Studio(BasePredictor):
    def predict(
        self,
        prompt: str = Input(description="What the picture shows"),
        style: str = Input(description="How it is drawn", default="ink", choices=["ink", "oil", "chalk"]),
        side: int = Input(description="Width and height in pixels", default=64, ge=8, le=256),
        strength: float = Input(description="How much of the original is changed", default=0.5, ge=0, le=1),
        tiled: bool = Input(description="Without visible edges", default=True),
        original: Optional[Path] = Input(description="The picture to begin with", accept="image/*"),
        token: Optional[Secret] = Input(description="Key of the archive"),
        tags: List[str] = Input(description="Words to file it under", default=["draft"]),
        output: Dict[str, Any] = Input(description="Settings that few need", default={}),
    ) -> Output:
        print(f"drawing {prompt} as {style}")
        size = original and len(original.read_bytes())
        length = token and len(token.get_secret_value())
        return Output(
            given=f"{prompt}|{style}|{side}|{strength}|{tiled}|{size}|{length}|{tags}|{output}",
            picture=written("out.png", picture(side)),
            sound=written("out.wav", sound()),
            numbers=[1, 2, 3],
        )


class Poet(BasePredictor):
    @streaming
    def predict(self, words: int = Input(default=5, ge=1), pause: float = 0.0) -> ConcatenateIterator[str]:
        for number in range(words):
            print("word", number)
            yield f"word{number} "
            time.sleep(pause)


class Sorter(BasePredictor):
    """What is neither picture nor sound: texts as files, vectors, and a truth that may be left open."""

    def predict(self, sure: Optional[bool] = None, truths: List[bool] = [True]) -> Any:
        files = [written("words.txt", "größer".encode()), written("data.json", b"[1]"), written("raw.bin", b"x" * 1500)]
        return {"files": files, "vectors": [[0.5, 1.5], [2.5, 3.5]], "given": f"{sure}|{truths}"}


class Worker(BasePredictor):
    def predict(self, seconds: float = 30.0) -> str:
        print("working", flush=True)
        time.sleep(seconds)
        return "<b>done</b>"
