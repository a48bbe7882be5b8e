"""Spec -> the OpenAPI document that the running server serves."""

import json

from ..contract import Signature, render_openapi
from ..ir.spec import EntryPoint, Spec
from ..version import __version__


def openapi(spec: Spec) -> dict[str, object]:
    """The document as data; its paths depend on which of `predict` and `train` the project has."""
    return render_openapi(_signature(spec.predict), _signature(spec.train), __version__)


def schema_json(spec: Spec) -> str:
    return json.dumps(openapi(spec), indent=2, ensure_ascii=False) + "\n"


def _signature(entry: EntryPoint | None) -> Signature | None:
    return None if entry is None else entry.signature
