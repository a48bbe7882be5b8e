"""Diagnostics as a SARIF 2.1.0 log, which code scanning services take."""

import json
import posixpath
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from ..ir.diagnostic import Code, Diagnostic, Label, Severity
from ..version import __version__
from .region import region

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "note"}


def render(diagnostics: Iterable[Diagnostic], folder: str = "") -> str:
    """One run; its rules are the codes that occur. `folder` is where the project lies in the repository."""
    found = tuple(diagnostics)
    codes = tuple(dict.fromkeys(diagnostic.code for diagnostic in found))
    driver = {"name": "cogc", "version": __version__, "rules": [_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(diagnostic, codes.index(diagnostic.code), folder) for diagnostic in found],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _rule(code: Code) -> dict[str, Any]:
    return {
        "id": code.id,
        "fullDescription": {"text": code.explanation},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }


def _result(diagnostic: Diagnostic, rule: int, folder: str) -> dict[str, Any]:
    further = [_location(label, folder) for label in diagnostic.labels[1:]]
    return {
        "ruleId": diagnostic.code.id,
        "ruleIndex": rule,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": "\n".join(filter(None, (diagnostic.message, diagnostic.help)))},
        "locations": [_location(label, folder) for label in diagnostic.labels[:1]] or [_nowhere(folder)],
        **({"relatedLocations": further} if further else {}),
    }


def _nowhere(folder: str) -> dict[str, Any]:
    """The configuration stands for the whole project: services refuse a result without a place."""
    uri = posixpath.normpath(posixpath.join(folder, "cog.yaml"))
    return {"physicalLocation": {"artifactLocation": {"uri": quote(uri)}, "region": {"startLine": 1}}}


def _location(label: Label, folder: str) -> dict[str, Any]:
    place = region(label.span, folder)
    bounds = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    physical = {"artifactLocation": {"uri": quote(place.file)}, "region": bounds}
    message = {"message": {"text": label.text}} if label.text else {}
    return {"physicalLocation": physical, **message}
