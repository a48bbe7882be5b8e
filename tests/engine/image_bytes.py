"""All that an image holds: its layers' files, its configuration and its history, unpacked."""

import gzip
import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

from .projects import docker


def places_of(secret: bytes, image: str, folder: Path) -> list[str]:
    """Where in the exported image the bytes stand; names of files count, too."""
    saved = folder / "saved.tar"
    docker("image", "save", "--output", str(saved), image)
    history = docker("image", "history", "--no-trunc", image) + docker("image", "inspect", image)
    with saved.open("rb") as file:
        found = [name for name, content in _contents(file.read(), "") if secret in content or secret in name.encode()]
    return [*found, *(("history",) if secret in history.encode() else ())]


def _contents(content: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """The bytes, and what is packed in them."""
    yield name, content
    if content.startswith(b"\x1f\x8b") and not name.endswith(".gz"):
        yield from _contents(gzip.decompress(content), f"{name}!")
    elif tarfile.is_tarfile(io.BytesIO(content)):
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            for member in archive:
                if member.isfile() and (file := archive.extractfile(member)) is not None:
                    yield from _contents(file.read(), f"{name}/{member.name}")
