"""The runtime's wheel, made in process: the same bytes on every machine, with no build tool and no network."""

import base64
import hashlib
import io
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .. import resources
from ..ir.recipe import RUNTIME_WHEEL
from ..version import __version__

_DIST_INFO = f"cogc_runtime-{__version__}.dist-info"
_SUFFIXES = (".py", ".html", ".css", ".js")
# The first time that a zip archive can hold.
_TIME = (1980, 1, 1, 0, 0, 0)


def runtime_wheel() -> bytes:
    """The wheel's content; `RUNTIME_WHEEL` is its file name."""
    files = dict(sorted((*_package(), *_metadata())))
    files[f"{_DIST_INFO}/RECORD"] = _record(files)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:  # deflate differs between zlib versions
        for name, content in files.items():
            archive.writestr(_entry(name), content)
    return buffer.getvalue()


def _package() -> Iterator[tuple[str, bytes]]:
    root = resources.RUNTIME
    for path in (root / "cog").rglob("*"):
        if path.suffix in _SUFFIXES or path.name == "py.typed":
            yield path.relative_to(root).as_posix(), path.read_bytes()


def _metadata() -> Iterator[tuple[str, bytes]]:
    project = tomllib.loads(Path(resources.RUNTIME / "pyproject.toml").read_text("utf-8"))["project"]
    yield f"{_DIST_INFO}/METADATA", "".join(f"{line}\n" for line in _fields(project)).encode()
    yield f"{_DIST_INFO}/WHEEL", b"Wheel-Version: 1.0\nGenerator: cogc\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def _fields(project: dict[str, Any]) -> Iterator[str]:
    """Core metadata 2.1; the server's extra stays out, its packages come from the lock file."""
    yield "Metadata-Version: 2.1"
    yield f"Name: {project['name']}"
    yield f"Version: {__version__}"
    yield f"Summary: {project['description']}"
    yield f"Requires-Python: {project['requires-python']}"
    yield from (f"Requires-Dist: {requirement}" for requirement in project["dependencies"])


def _record(files: dict[str, bytes]) -> bytes:
    lines = [f"{name},sha256={_digest(content)},{len(content)}\n" for name, content in files.items()]
    return "".join((*lines, f"{_DIST_INFO}/RECORD,,\n")).encode()


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _TIME)
    info.create_system = 3  # Unix, whatever system the compiler runs on
    info.external_attr = 0o100644 << 16
    return info


__all__ = ["RUNTIME_WHEEL", "runtime_wheel"]
