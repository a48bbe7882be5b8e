"""Inputs from the command line, typed and checked by the model's own schema before anything runs."""

import difflib
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..ir.codes.delivery import INPUT_FORMAT, INPUT_INVALID, INPUT_MISSING, INPUT_UNKNOWN
from ..ir.diagnostic import CompileError, Diagnostic, Report
from .schema import InputSchema, Schema
from .takes import takes
from .values import Refused, of_json, of_texts

# Of a value that is shown in an error; a file's data URL has no end.
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class _Given:
    """What was given for one input: `read` makes the typed value of it, `shown` is its text."""

    name: str
    value: Any
    shown: str
    read: Callable[[Any, Schema, InputSchema], Any]


def parse_inputs(texts: tuple[str, ...], schema: InputSchema, document: str | None = None) -> dict[str, Any]:
    """Values by name, from texts `name=value` and `name=@file`; a name given again makes a list.

    `document` is an object in JSON, as text, `@file` or `@-`; what `texts` name goes before it.
    Raises CompileError with every fault that there is.
    """
    report = Report()
    given = {each.name: each for each in (*_of_document(document), *_of_texts(texts, report))}
    report.add(*_name_faults(tuple(given), schema))
    report.stop_on_errors()
    values = {name: _read(each, schema, report) for name, each in given.items()}
    report.stop_on_errors()
    return values


def _of_texts(texts: tuple[str, ...], report: Report) -> Iterator[_Given]:
    found: dict[str, list[str]] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            report.add(
                INPUT_FORMAT.bare(f"the input {text!r} has no value", help="write it as name=value or name=@file")
            )
        if not _is_utf8(text):
            report.add(INPUT_FORMAT.bare(f"the input {name!r} is not UTF-8 text", help="write it in UTF-8"))
        found.setdefault(name.strip(), []).append(value)
    for name, values in found.items():
        yield _Given(name, values, ", ".join(map(repr, values)), of_texts)


def _of_document(document: str | None) -> Iterator[_Given]:
    for name, value in ({} if document is None else _object(document)).items():
        yield _Given(name, value, json.dumps(value, ensure_ascii=False), of_json)


def _object(document: str) -> dict[str, Any]:
    try:
        found = json.loads(_text(document))
    except ValueError as error:
        raise _unreadable(f"the inputs of --json are no JSON: {error}") from None
    except OSError as error:
        raise _unreadable(f"the file of --json cannot be read: {document[1:]}: {error.strerror}") from error
    if not isinstance(found, dict):
        raise _unreadable("the inputs of --json are no object")
    if not _is_utf8(json.dumps(found, ensure_ascii=False)):
        raise _unreadable("the inputs of --json have half of a surrogate pair, which UTF-8 cannot write")
    return found


def _is_utf8(text: str) -> bool:
    """Not so for bytes of another encoding on the command line, and for half a surrogate pair in JSON."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _text(document: str) -> str:
    if document == "@-":
        return sys.stdin.read()
    return Path(document[1:]).read_text("utf-8") if document.startswith("@") else document


def _unreadable(message: str) -> CompileError:
    advice = """write an object such as '{"name": "value"}', or @FILE, or @- for standard input"""
    return CompileError([INPUT_FORMAT.bare(message, help=advice)])


def _name_faults(names: tuple[str, ...], schema: InputSchema) -> list[Diagnostic]:
    unknown = [name for name in names if name not in schema.properties and not schema.takes_any_name]
    missing = [name for name in schema.required if name not in names]
    return [*(_unknown(name, schema) for name in unknown), *(_missing(name, schema) for name in missing)]


def _unknown(name: str, schema: InputSchema) -> Diagnostic:
    near = difflib.get_close_matches(name, schema.properties, n=1)
    known = ", ".join(schema.properties) or "none"
    advice = f"did you mean {near[0]!r}?" if near else f"its inputs are: {known}"
    return INPUT_UNKNOWN.bare(f"the predictor has no input {name!r}", help=advice)


def _missing(name: str, schema: InputSchema) -> Diagnostic:
    about = schema.properties[name].get("description", "")
    advice = f"give it with -i {name}=…; it takes {takes(name, schema)}{about and f': {about}'}"
    return INPUT_MISSING.bare(f"the input {name!r} is missing", help=advice)


def _read(given: _Given, schema: InputSchema, report: Report) -> Any:
    """None, and a fault in the report, for what the input does not take."""
    kind = schema.resolved(schema.properties.get(given.name, {}))
    try:
        value = given.read(given.value, kind, schema)
    except OSError as error:
        message = f"the input {given.name!r}: {error.filename} cannot be read: {error.strerror}"
        report.add(INPUT_INVALID.bare(message, help=f"it takes {takes(given.name, schema)}"))
        return None
    except ValueError as error:
        report.add(_wrong(given, schema, str(error) if isinstance(error, Refused) else ""))
        return None
    if not schema.accepts(value, kind):
        report.add(_wrong(given, schema, ""))
    return value


def _wrong(given: _Given, schema: InputSchema, advice: str) -> Diagnostic:
    is_secret = schema.properties.get(given.name, {}).get("format") == "password"
    shown = "this" if is_secret else _short(given.shown)
    return INPUT_INVALID.bare(f"the input {given.name!r} takes {takes(given.name, schema)}, not {shown}", help=advice)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
