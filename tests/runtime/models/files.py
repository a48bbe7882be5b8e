"""Files and secrets, in and out."""

# mypy: disable-error-code="arg-type, call-arg"
# Handles for File and Path, and left-out optional fields, are documented and beyond a type checker.

import io
import os
import pathlib
import pickle
import tempfile
import time
from typing import Any, Dict, Iterator, List, Optional, Union

from cog import BaseModel, BasePredictor, File, Input, Path, Secret


def written(name: str, content: bytes) -> Path:
    path = Path(tempfile.mkdtemp()) / name
    path.write_bytes(content)
    return Path(path)


class PathIn(BasePredictor):
    def predict(self, file: Path, optional: Optional[Path] = None) -> Any:
        kind = isinstance(file, pathlib.Path)
        return {"name": file.name, "text": file.read_text(), "path": str(file), "is_path": kind, "more": optional}


class FileIn(BasePredictor):
    def predict(self, file: File) -> Any:
        again = pickle.loads(pickle.dumps(file))
        lines = [line.decode() for line in file]
        return {"lines": lines, "again": again.read().decode(), "kind": type(file).__name__}


class UnusedFile(BasePredictor):
    def predict(self, file: File) -> str:
        return "not read"


class Paths(BasePredictor):
    def predict(self, paths: List[Path]) -> str:
        return "".join(path.read_text() for path in paths)


class Secretive(BasePredictor):
    def predict(self, token: Secret, other: Secret = Input(default=None)) -> Any:
        print("token", token)
        return {"shown": [str(token), repr(token)], "told": token.get_secret_value()[::-1], "other": other}


class Output(BaseModel):
    file: Optional[File]
    text: str


class Score(BaseModel):
    score: Optional[float]
    file: Optional[Path]


class Out(BasePredictor):
    """`kind` names the method that makes the output."""

    def setup(self) -> None:
        self.kept = written("kept.txt", b"kept")

    def predict(self, kind: str) -> Any:
        return getattr(self, kind)()

    def short_and_long(self) -> Any:
        return [
            written("part.txt", digit * size)
            for digit, size in ((b"0", 3), (b"1", 1 << 20), (b"2", 1 << 20), (b"3", 3))
        ]

    def png(self) -> Any:
        return written("image.png", b"png")

    def webp(self) -> Any:
        return written("image.webp", b"webp")

    def unknown(self) -> Any:
        return written("data.unknownkind", b"?")

    def text_handle(self) -> Any:
        return io.StringIO("hello")

    def bytes_handle(self) -> Any:
        return io.BytesIO(b"hello")

    def constructed(self) -> Any:
        return File(io.BytesIO(b"hello"))

    def read_to_end(self) -> Any:
        handle = io.BytesIO()
        handle.write(b"hello")
        return handle

    def paths(self) -> Any:
        return [written(f"out-{i}.txt", str(i).encode()) for i in range(3)]

    def one_path(self) -> Any:
        return [written("one.txt", b"1")]

    def path_dict(self) -> Any:
        return {"a": {"b": written("x.txt", b"x")}}

    def model(self) -> Any:
        return Output(text="hello", file=io.StringIO("hello"))

    def handle_for_path(self) -> Any:
        return Score(file=io.StringIO("hello"))

    def path_in_model(self) -> Any:
        return Score(file=written("score.txt", b"x"))

    def left_out(self) -> Any:
        return Score(score=1.5)

    def folder(self) -> Any:
        return written("in-a-folder.txt", b"x").parent

    def missing(self) -> Any:
        return Path("/nowhere/at/all.txt")

    def kept_file(self) -> Any:
        return self.kept

    def where(self) -> Any:
        self.last = written("last.txt", b"last")
        return {"path": str(self.last), "file": self.last}


class Streamed(BasePredictor):
    def predict(self) -> Iterator[Path]:
        path = written("same.txt", b"")
        for number in range(3):
            path.write_text(str(number))
            yield path


class Described(BasePredictor):
    def predict(self, kind: str) -> Dict[str, Path]:
        return {"file": written("described.txt", b"x")}


class Unfinished(BasePredictor):
    """Ends with its process, or never by itself."""

    def predict(self, file: Path, act: str) -> Iterator[Path]:
        yield written("begun.txt", b"x")
        if act == "die":
            os._exit(1)
        time.sleep(60)


class Response(BasePredictor):
    """Its input handle is its output, and stays open while the model yields."""

    def predict(self, file: File) -> File:
        return file


class Lines(BasePredictor):
    def predict(self, file: File) -> Iterator[str]:
        for line in file:
            yield line.decode()


class Several(BasePredictor):
    def predict(self, count: int = 3) -> Iterator[Path]:
        for number in range(count):
            yield written(f"out-{number}.txt", str(number).encode())
            time.sleep(0.2)


class NoFiles(BasePredictor):
    def predict(
        self,
        path: Path = Input(default=""),
        file: File = Input(default=""),
        either: Union[Path, List[Path]] = Input(default=""),
    ) -> str:
        return f"{path} {file} {either}"


class FileFirst(BasePredictor):
    """A file, and then work without an end."""

    def predict(self, file: bool = False) -> Iterator[Any]:
        if file:
            path = Path(tempfile.mkdtemp()) / "x.txt"
            path.write_text("x")
            yield path
            while True:
                time.sleep(0.05)
        yield "no file"
