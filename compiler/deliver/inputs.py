"""Inputs from the command line: text into typed values, by the model's own schema, before anything runs."""

import base64
import difflib
import json
import mimetypes
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..ir.codes.delivery import INPUT_FORMAT, INPUT_INVALID, INPUT_MISSING, INPUT_UNKNOWN
from ..ir.diagnostic import Diagnostic, Report
from .schema import InputSchema, Schema

_TRUE, _FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


def parse_inputs(given: tuple[str, ...], schema: InputSchema) -> dict[str, Any]:
    """Values by name, from texts `name=value` and `name=@file`; a name given again makes a list.

    Raises CompileError with every fault that there is.
    """
    report = Report()
    texts = _by_name(given, report)
    report.add(*_name_faults(texts, schema))
    report.stop_on_errors()
    values = {name: _value(name, parts, schema, report) for name, parts in texts.items()}
    report.stop_on_errors()
    report.add(*(INPUT_INVALID.bare(fault) for fault in schema.faults(values)))
    report.stop_on_errors()
    return values


def _by_name(given: tuple[str, ...], report: Report) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            report.add(
                INPUT_FORMAT.bare(f"the input {text!r} has no value", help="write it as name=value or name=@file")
            )
        texts.setdefault(name.strip(), []).append(value)
    return texts


def _name_faults(texts: dict[str, list[str]], schema: InputSchema) -> list[Diagnostic]:
    unknown = [name for name in texts if name not in schema.properties and not schema.takes_any_name]
    missing = [name for name in schema.required if name not in texts]
    return [
        *(_unknown(name, schema) for name in unknown),
        *(INPUT_MISSING.bare(f"the input {name!r} is missing", help=f"give it with -i {name}=…") for name in missing),
    ]


def _unknown(name: str, schema: InputSchema) -> Diagnostic:
    near = difflib.get_close_matches(name, schema.properties, n=1)
    known = ", ".join(schema.properties) or "none"
    advice = f"did you mean {near[0]!r}?" if near else f"its inputs are: {known}"
    return INPUT_UNKNOWN.bare(f"the predictor has no input {name!r}", help=advice)


def _value(name: str, texts: list[str], schema: InputSchema, report: Report) -> Any:
    """None, and a fault in the report, for text that the input's type does not take."""
    kind = schema.resolved(schema.properties.get(name, {}))
    try:
        if kind.get("type") == "array":
            return _list(texts, kind, schema)
        if len(texts) > 1:
            raise ValueError("it takes one value and was given several")
        return _one(texts[0], kind, schema)
    except (ValueError, OSError) as error:
        report.add(INPUT_INVALID.bare(f"the input {name!r}: {error}"))
        return None


def _list(texts: list[str], kind: Schema, schema: InputSchema) -> list[Any]:
    """Each text is an item, or the one text is a whole list in JSON."""
    if len(texts) == 1 and texts[0].lstrip().startswith("["):
        whole: list[Any] = json.loads(texts[0])
        return whole
    items = schema.resolved(kind.get("items", {}))
    return [_one(text, items, schema) for text in texts]


def _one(text: str, kind: Schema, schema: InputSchema) -> Any:
    if kind.get("nullable") and text == "null":
        return None
    if kind.get("format") == "uri":
        return _url(text)
    content = Path(text[1:]).read_text("utf-8") if text.startswith("@") else text
    for option in map(schema.resolved, kind.get("anyOf", [])):
        try:
            return _one(content, option, schema)
        except ValueError:
            continue
    return _READERS.get(kind.get("type", ""), _any)(content)


def _url(text: str) -> str:
    """A data URL for `@file`; other text is a URL already."""
    if text.startswith("@"):
        return data_url(Path(text[1:]))
    if Path(text).is_file():
        raise ValueError(f"it takes a file or a URL; for the file on this machine write @{text}")
    return text


def data_url(path: Path) -> str:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def _integer(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"{text!r} is no whole number") from None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{text!r} is no number") from None


def _boolean(text: str) -> bool:
    if text.lower() not in (*_TRUE, *_FALSE):
        raise ValueError(f"{text!r} is neither true nor false")
    return text.lower() in _TRUE


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise ValueError(f"it takes JSON, and {text!r} is none: {error}") from None


def _any(text: str) -> Any:
    """JSON where the text is some; the text itself elsewhere."""
    try:
        return json.loads(text)
    except ValueError:
        return text


_READERS: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "object": _json,
    "array": _json,
}
