"""From a reference such as `predict.py:Predictor` to the object it names."""

import importlib.util
import pathlib
import sys
from types import ModuleType
from typing import Any, Tuple

_DEFAULT_NAMES = ("Runner", "Predictor")


class LoadError(Exception):
    """The reference cannot be followed; the message says what to change."""


def load(reference: str) -> Any:
    """Imports the file and returns the class or function. Lets the file's own exceptions pass."""
    path, name = _split(reference)
    module = _import(path)
    names = (name,) if name else _DEFAULT_NAMES
    found = next((getattr(module, each) for each in names if hasattr(module, each)), None)
    if found is None:
        raise LoadError(f"{path} defines no {' or '.join(names)}; the reference {reference!r} needs it")
    return found


def _split(reference: str) -> Tuple[str, str]:
    path, _, name = reference.partition(":")
    if not pathlib.Path(path).is_file():
        raise LoadError(f"there is no file {path!r} in {pathlib.Path.cwd()}; the reference is {reference!r}")
    return path, name


def _import(path: str) -> ModuleType:
    name = _module_name(path)
    if name in sys.modules and getattr(sys.modules[name], "__file__", None) == str(pathlib.Path(path).resolve()):
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, pathlib.Path(path).resolve())
    if spec is None or spec.loader is None:
        raise LoadError(f"{path!r} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    # Registered before it runs: pickling and dataclasses look their module up by name.
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _module_name(path: str) -> str:
    """Dotted for a file in a subfolder, so that its package-relative imports work."""
    parts = pathlib.PurePosixPath(path).with_suffix("").parts
    dotted = all(part.isidentifier() for part in parts)
    return ".".join(parts) if dotted else parts[-1]
