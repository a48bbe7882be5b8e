"""Diagnostics as one JSON document."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from ..ir.diagnostic import Diagnostic, Label
from .region import region


def render(diagnostics: Iterable[Diagnostic], folder: str = "") -> str:
    """`{"version": 1, "diagnostics": […]}`; the first of a diagnostic's `places` is the main one."""
    data = [data_of(diagnostic, folder) for diagnostic in diagnostics]
    return json.dumps({"version": 1, "diagnostics": data}, indent=2, ensure_ascii=False) + "\n"


def data_of(diagnostic: Diagnostic, folder: str = "") -> dict[str, Any]:
    """One of the document's `diagnostics`."""
    return {
        "code": diagnostic.code.id,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "places": [_place(label, folder) for label in diagnostic.labels],
    }


def _place(label: Label, folder: str) -> dict[str, Any]:
    return {**asdict(region(label.span, folder)), "text": label.text}
