"""Parts of the server's libraries that it does not use, and that would be a sixth of its start."""

import contextlib
import sys
from types import ModuleType
from typing import Dict, Iterator, Tuple

# By module, the names that its package takes from it: the command line, with click; and types for type checkers.
_UNUSED: Dict[str, Tuple[str, ...]] = {
    "uvicorn.main": ("Server", "main", "run"),
    "pydantic_core.core_schema": ("CoreConfig", "CoreSchema", "CoreSchemaType", "ErrorType"),
}


@contextlib.contextmanager
def without_unused() -> Iterator[None]:
    """Packages that are imported inside do without these modules; whoever asks for one later gets the real one."""
    absent = [name for name in _UNUSED if name not in sys.modules]
    for name in absent:
        sys.modules[name] = _placeholder(name)
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


def _placeholder(name: str) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(dict.fromkeys(_UNUSED[name]))
    return module
