"""The models with which `serve.py` measures our server."""

import tempfile
from pathlib import Path as LocalPath

from cog import BasePredictor, ConcatenateIterator, Path, streaming


class Upper(BasePredictor):
    def predict(self, text: str) -> str:
        return text.upper()


class AsyncUpper(BasePredictor):
    async def predict(self, text: str) -> str:
        return text.upper()


class Tokens(BasePredictor):
    @streaming
    def predict(self, n: int = 1000) -> ConcatenateIterator[str]:
        for number in range(n):
            yield f"token{number} "


class FileIn(BasePredictor):
    def predict(self, file: Path) -> int:
        return file.stat().st_size


class FileOut(BasePredictor):
    def predict(self, size: int = 10_000_000) -> Path:
        path = LocalPath(tempfile.mkdtemp(), "out.bin")
        path.write_bytes(b"x" * size)
        return Path(path)
