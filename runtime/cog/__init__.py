"""The SDK: what a model file imports.

Nothing but the standard library is imported here. `BaseModel` is the one exception, and it is loaded when
it is first asked for, from whichever pydantic (1 or 2) the model's own environment has.
"""

from typing import TYPE_CHECKING, Any

from ._version import __version__
from .base import BasePredictor, BaseRunner
from .decorators import concurrent, streaming
from .exceptions import CancelationException, ExperimentalFeatureWarning
from .input import FieldInfo, Input
from .scope import current_scope, emit_metric
from .types import (
    AsyncConcatenateIterator,
    ConcatenateIterator,
    File,
    Opaque,
    Path,
    Secret,
    URLFile,
    URLPath,
)

if TYPE_CHECKING:
    from .model import BaseModel as BaseModel

__all__ = [
    "AsyncConcatenateIterator",
    "BaseModel",
    "BasePredictor",
    "BaseRunner",
    "CancelationException",
    "ConcatenateIterator",
    "ExperimentalFeatureWarning",
    "FieldInfo",
    "File",
    "Input",
    "Opaque",
    "Path",
    "Secret",
    "URLFile",
    "URLPath",
    "__version__",
    "concurrent",
    "current_scope",
    "emit_metric",
    "streaming",
]


def __getattr__(name: str) -> Any:
    if name != "BaseModel":
        raise AttributeError(f"module 'cog' has no attribute {name!r}")
    from .model import BaseModel

    return BaseModel
