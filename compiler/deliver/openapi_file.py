"""A ready OpenAPI document, in the place of what the source would tell."""

import json
from pathlib import Path
from typing import Any

from ..ir.codes.engine import OPENAPI_FILE
from ..ir.diagnostic import CompileError

_NEEDED = ("openapi", "paths", "components")


def read_openapi(path: Path) -> str:
    """The document as an image's label has it.

    Raises CompileError (`openapi-file`) when it is none that describes a model.
    """
    document = _parsed(path)
    missing = [name for name in _NEEDED if name not in document]
    if missing:
        raise _fault(f"{path} is no OpenAPI document: it has no {' and no '.join(map(repr, missing))}")
    if "Input" not in document["components"].get("schemas", {}):
        raise _fault(f"{path} describes no model: it has no components.schemas.Input")
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _parsed(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise _fault(f"{path} is not JSON: {error}") from error
    if not isinstance(document, dict) or not isinstance(document.get("components", {}), dict):
        raise _fault(f"{path} is no OpenAPI document: it is no mapping")
    return document


def _fault(message: str) -> CompileError:
    return CompileError([OPENAPI_FILE.bare(message, help="write one with `cogc schema > FILE`, and change that")])
