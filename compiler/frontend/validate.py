"""Checks the shape of a Document against the published JSON Schema, and says what is wrong at the right place."""

import json
from collections.abc import Container, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from ..ir.codes import config as codes
from ..ir.diagnostic import Diagnostic, Report
from ..ir.document import Mapping, Node, Scalar, Sequence, is_blank
from ..ir.source import Span
from ..resources import SCHEMAS
from .keys import unknown_key

if TYPE_CHECKING:
    from jsonschema import ValidationError

# The other keywords (pattern, not) are for editors: `lower` checks the same with better words and places.
_SHAPE = {"type", "required", "additionalProperties", "const", "minimum"}
_TYPES = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}

Data = None | bool | int | float | str | list["Data"] | dict[str, "Data"]


@cache
def schema() -> dict[str, Any]:
    """The published schema of cog.yaml."""
    loaded: dict[str, Any] = json.loads((SCHEMAS / "cog.schema.json").read_text("utf-8"))
    return loaded


def validate(root: Mapping, report: Report) -> None:
    """Adds every fault in the shape of the document to `report`, in the order of the file."""
    from jsonschema import Draft7Validator  # slow to import: paid only when a document is read

    faults = [error for error in Draft7Validator(schema()).iter_errors(to_data(root)) if error.validator in _SHAPE]
    found = {diagnostic: None for fault in faults for diagnostic in _diagnose(fault, root)}
    report.add(*sorted(found, key=lambda diagnostic: diagnostic.labels[0].span.start))


def to_data(node: Node) -> Data:
    """The node as the plain values that its scalars are by YAML's core schema."""
    if isinstance(node, Mapping):
        return {entry.key.text: to_data(entry.value) for entry in node.entries}
    if isinstance(node, Sequence):
        return [to_data(item) for item in node.items]
    return node.value()


def _diagnose(fault: "ValidationError", root: Mapping) -> Iterator[Diagnostic]:
    path = tuple(fault.absolute_path)
    node = _at(root, path)
    match fault.validator:
        case "additionalProperties":
            siblings = fault.schema["properties"]
            yield from (unknown_key(key, path, siblings, schema()) for key in _extra(node, siblings))
        case "required":
            yield from (
                _missing(name, node, root, path) for name in fault.validator_value if name not in fault.instance
            )
        case "type":
            yield _wrong_type(fault, node, root, path)
        case _:
            yield _bad_value(fault, node, path)


def _extra(node: Node, known: Container[str]) -> Iterator[Scalar]:
    entries = node.entries if isinstance(node, Mapping) else ()
    return (entry.key for entry in entries if entry.key.text not in known)


def _missing(name: str, node: Node, root: Mapping, path: tuple[str | int, ...]) -> Diagnostic:
    place = _key_place(root, path) or _head(node)
    return codes.MISSING_KEY.at(place, f"`{name}` is missing from {_name(path)}", help=f"add `{name}:`")


def _wrong_type(fault: "ValidationError", node: Node, root: Mapping, path: tuple[str | int, ...]) -> Diagnostic:
    wanted = [fault.validator_value] if isinstance(fault.validator_value, str) else fault.validator_value
    allowed = " or ".join(_TYPES[kind] for kind in wanted if kind != "null")
    if is_blank(node):
        place = _key_place(root, path) or node.span
        advice = f"write {allowed}, or remove the line"
        return codes.BLANK_VALUE.at(place, f"{_name(path)} is blank", help=advice)
    message = f"{_name(path)} must be {allowed}, not {_found(node)}"
    return codes.WRONG_TYPE.at(_head(node), message, help=_type_help(node, wanted, path))


def _type_help(node: Node, wanted: list[str], path: tuple[str | int, ...]) -> str:
    if path == ("run",) and isinstance(node, Sequence):
        return "setup commands stand under `build.run`; the top-level `run` names the class that predicts"
    if path == ("environment",) and isinstance(node, Mapping):
        return "write each variable as `- NAME=value`"
    if isinstance(node, Scalar) and "string" in wanted:
        return f'quote it: "{node.text}"'
    if isinstance(node, Scalar) and "boolean" in wanted:
        return "write `true` or `false`, without quotes"
    if isinstance(node, Scalar) and "integer" in wanted:
        return "write digits only, without quotes"
    if isinstance(node, Scalar) and "array" in wanted:
        return f"make it a list: `- {node.text}` on a line of its own"
    if isinstance(node, Mapping) and "string" in wanted and len(node.entries) == 1:
        return "a `: ` makes a mapping: quote the whole text"
    return ""


def _bad_value(fault: "ValidationError", node: Node, path: tuple[str | int, ...]) -> Diagnostic:
    rule = {"const": "must be `{}`", "minimum": "must be at least {}"}[fault.validator]
    message = f"{_name(path)} {rule.format(fault.validator_value)}"
    return codes.BAD_VALUE.at(_head(node), message, help=f"write {fault.validator_value}")


def _at(node: Node, path: tuple[str | int, ...]) -> Node:
    for step in path:
        if isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
        elif isinstance(node, Mapping):
            node = next(entry.value for entry in node.entries if entry.key.text == step)
    return node


def _key_place(root: Mapping, path: tuple[str | int, ...]) -> Span | None:
    """The key whose value the path names; None for items of a list."""
    if not path or isinstance(path[-1], int):
        return None
    parent = _at(root, path[:-1])
    entries = parent.entries if isinstance(parent, Mapping) else ()
    return next((entry.key.span for entry in entries if entry.key.text == path[-1]), None)


def _head(node: Node) -> Span:
    """The node, or of one that goes over several lines its beginning."""
    if isinstance(node, Mapping) and node.entries:
        return node.entries[0].key.span
    return node.span.part(0, len(node.span.text.split("\n", 1)[0]))


def _name(path: tuple[str | int, ...]) -> str:
    """`build.run[0].command`, counted from zero as in the plan."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return f"`{text.removeprefix('.')}`" if text else "the configuration"


def _found(node: Node) -> str:
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Sequence):
        return "a list"
    kinds = {"str": "the text", "int": "the number", "float": "the number", "bool": "the boolean", "null": "nothing"}
    return f"{kinds[node.kind]} {node.text}"
