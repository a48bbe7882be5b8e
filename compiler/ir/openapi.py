"""Spec -> the OpenAPI document that the server of its image serves."""

from typing import Any

from ..contract import Signature, render_openapi
from ..version import __version__
from .spec import EntryPoint, Spec


def openapi(spec: Spec) -> dict[str, Any]:
    """The document as data; its paths depend on which of `predict` and `train` the project has."""
    return render_openapi(_signature(spec.predict), _signature(spec.train), __version__)


def _signature(entry: EntryPoint | None) -> Signature | None:
    return None if entry is None else entry.signature
