"""The types of inputs and outputs beyond Python's own."""

from ..input import FieldInfo, Input
from .file import File, URLFile
from .markers import AsyncConcatenateIterator, ConcatenateIterator, Opaque
from .path import Path, URLPath
from .secret import Secret

__all__ = [
    "AsyncConcatenateIterator",
    "ConcatenateIterator",
    "FieldInfo",
    "File",
    "Input",
    "Opaque",
    "Path",
    "Secret",
    "URLFile",
    "URLPath",
]
