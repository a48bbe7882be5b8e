"""The part of a model that is called: which function, on which object, after which setup."""

import inspect
import warnings
from dataclasses import dataclass
from typing import Any, Callable, Optional, Tuple

from ..base import BasePredictor, BaseRunner
from ..input import give_real_defaults
from ..introspect import signature_of
from ..loader import LoadError, load
from ..signature import Signature

_OURS = (BaseRunner, BasePredictor, object)
METHODS = {"predict": ("run", "predict"), "train": ("train", "run", "predict")}


@dataclass(frozen=True)
class Entry:
    """What a reference names: a function, or a class with a method; then `owner` is the class, `name` the method's."""

    owner: Optional[type]
    name: str
    function: Callable[..., Any]
    signature: Signature

    def bound_to(self, instance: Any) -> Callable[..., Any]:
        """The callable for an instance of `owner`; the function itself without one."""
        if instance is None:
            return self.function
        bound: Callable[..., Any] = getattr(instance, self.name)
        return bound

    def settle_defaults(self) -> None:
        """For calls by the model itself: of the function, of the methods of the class, and of those of its bases."""
        give_real_defaults(self.function)
        for cls in () if self.owner is None else self.owner.__mro__:
            for name in METHODS["train"]:
                give_real_defaults(vars(cls).get(name))


def load_entry(reference: str, mode: str) -> Entry:
    """Imports the model's file. Raises LoadError or SignatureError, and what the file itself raises."""
    target = load(reference)
    if not isinstance(target, type):
        return _function_entry(target, reference)
    name = _method_of(target, METHODS[mode], reference)
    if (name, mode) == ("predict", "predict"):
        warnings.warn(f"{target.__name__}.predict: `run` is its newer name", PendingDeprecationWarning, stacklevel=2)
    function = getattr(target, name)
    skip = 0 if isinstance(inspect.getattr_static(target, name), (staticmethod, classmethod)) else 1
    return Entry(target, name, function, signature_of(function, skip))


def _function_entry(target: Any, reference: str) -> Entry:
    if not callable(target):
        raise LoadError(f"{reference!r} is a {type(target).__name__}; it must be a class or a function")
    return Entry(None, "", target, signature_of(target))


def _method_of(target: type, names: Tuple[str, ...], reference: str) -> str:
    for cls in target.__mro__:
        present = () if cls in _OURS else tuple(name for name in names if name in vars(cls))
        if "run" in present and "predict" in present:
            raise LoadError(f"{cls.__name__} defines both run and predict; keep one of them")
        if present:
            return present[0]
    raise LoadError(f"{reference!r}: the class has no {' or '.join(names)} method")
