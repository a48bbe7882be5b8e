"""The model's interface as the runtime knows it: the types, and the one renderer of its OpenAPI document."""

import importlib
from typing import TYPE_CHECKING, Any

from . import resources

if TYPE_CHECKING:
    from cog.signature import Field, Parameter, Signature, Type
    from cog.signature.openapi import render as render_openapi
else:
    _signature = resources.runtime_package("signature")
    Field, Parameter, Signature, Type = (
        _signature.Field,
        _signature.Parameter,
        _signature.Signature,
        _signature.Type,
    )
    render_openapi = importlib.import_module(".openapi", _signature.__name__).render

__all__ = ["Field", "Parameter", "Signature", "Type", "describe", "fits", "render_openapi"]


def fits(value: Any, type_: Type) -> bool:
    """Whether a JSON value is of a type, without the conversions that a request gets."""
    return bool(_module("fitting").fits(value, type_))


def describe(type_: Type) -> str:
    """In words, such as `a list (of text)`."""
    return str(_module("words").describe(type_))


def _module(name: str) -> Any:
    """Of the package of signatures; loaded when it is needed, as few commands do."""
    return importlib.import_module(f".{name}", resources.runtime_package("signature").__name__)
