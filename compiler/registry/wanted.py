"""Wanted: bytes of a blob that become one file."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Wanted:
    """`size` bytes from `start` on of the blob, whose own digest is `digest`; `path` is where they go once verified.

    So a file is taken out of an uncompressed tar without the tar being stored.
    """

    blob: str
    start: int
    size: int
    digest: str
    path: Path

    @classmethod
    def whole(cls, digest: str, size: int, path: Path) -> "Wanted":
        return cls(digest, 0, size, digest, path)

    @property
    def is_whole(self) -> bool:
        return self.blob == self.digest
