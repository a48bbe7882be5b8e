"""The model's interface as the runtime knows it: the types, and the one renderer of its OpenAPI document."""

import importlib
from typing import TYPE_CHECKING

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

__all__ = ["Field", "Parameter", "Signature", "Type", "fits_time", "render_openapi"]


def fits_time(kind: str, text: str) -> bool:
    """Whether a text is a `date` or `datetime`, as `kind` says."""
    # Loaded here: few interfaces have such.
    times = importlib.import_module(".times", resources.runtime_package("signature").__name__)
    return bool(times.fits(kind, text))
