"""Spec -> JSON: what the compiler understood, every value with its place."""

import json
from dataclasses import fields, is_dataclass
from typing import Any

from ..contract import Signature
from ..ir.requirement import Requirement
from ..ir.source import Source, Span
from ..ir.spec import Spec


def spec_json(spec: Spec) -> str:
    """What the user did not say has no key."""
    return json.dumps({"version": 1, **_data(spec)}, indent=2, ensure_ascii=False) + "\n"


def _data(value: Any) -> Any:
    match value:
        case Span():
            return {"file": value.source.name, "line": value.line, "column": value.column}
        case Source():
            return value.name
        case Requirement():
            return str(value)
        case Signature():
            return value.to_json()
        case tuple():
            return [_data(item) for item in value]
        case _ if is_dataclass(value):
            found = {field.name: getattr(value, field.name) for field in fields(value)}
            return {name: _data(item) for name, item in found.items() if item is not None and item != ()}
    return value
