"""Checks the shape of a Document against the published JSON Schema, and says what is wrong at the right place."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..ir.codes import config as codes
from ..ir.diagnostic import Diagnostic, Report
from ..ir.document import Mapping, Node, Scalar, Sequence, is_blank
from ..ir.source import Span
from ..resources import SCHEMAS
from .keys import unknown_key
from .shape import fits

# The other keywords (pattern, not, oneOf and lengths) are for editors: `lower` checks the same, in better words.
SHAPE = {"type", "required", "additionalProperties", "enum", "minimum"}
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
    found = {diagnostic: None for fault in _faults(root) for diagnostic in _diagnose(fault)}
    report.add(*sorted(found, key=lambda diagnostic: diagnostic.labels[0].span.start))


def to_data(node: Node) -> Data:
    """The node as the plain values that its scalars are by YAML's core schema."""
    if isinstance(node, Mapping):
        return {entry.key.text: to_data(entry.value) for entry in node.entries}
    if isinstance(node, Sequence):
        return [to_data(item) for item in node.items]
    return node.value()


@dataclass(frozen=True, slots=True)
class _Fault:
    """What jsonschema found: `keyword` of `part` of the schema, which says `wanted`, does not hold for `node`.

    `key` is the place of the node's key; None for the root and for items of a list.
    """

    keyword: str
    wanted: Any
    part: dict[str, Any]
    path: tuple[str | int, ...]
    node: Node
    key: Span | None

    @property
    def name(self) -> str:
        """`build.run[0].command`, counted from zero as in the plan."""
        text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path)
        return f"`{text.removeprefix('.')}`" if text else "the configuration"


def _faults(root: Mapping) -> Iterator[_Fault]:
    if fits(to_data(root), schema()):
        return
    from jsonschema import Draft7Validator  # slow to import: paid only by a document that has a fault

    for error in Draft7Validator(schema()).iter_errors(to_data(root)):
        if error.validator in SHAPE:
            path = tuple(error.absolute_path)
            node, key = _at(root, path)
            yield _Fault(str(error.validator), error.validator_value, error.schema, path, node, key)


def _at(root: Mapping, path: tuple[str | int, ...]) -> tuple[Node, Span | None]:
    node: Node = root
    key = None
    for step in path:
        if isinstance(node, Sequence) and isinstance(step, int):
            node, key = node.items[step], None
        elif isinstance(node, Mapping):
            entry = next(entry for entry in node.entries if entry.key.text == step)
            node, key = entry.value, entry.key.span
    return node, key


def _diagnose(fault: _Fault) -> Iterator[Diagnostic]:
    keys = tuple(entry.key for entry in fault.node.entries) if isinstance(fault.node, Mapping) else ()
    match fault.keyword:
        case "additionalProperties":
            known = fault.part["properties"]
            yield from (unknown_key(key, fault.path, known, schema()) for key in keys if key.text not in known)
        case "required":
            present = {key.text for key in keys}
            yield from (_missing(name, fault) for name in fault.wanted if name not in present)
        case "type":
            yield _wrong_type(fault)
        case _:
            yield _bad_value(fault)


def _missing(name: str, fault: _Fault) -> Diagnostic:
    place = fault.key or _head(fault.node)
    return codes.MISSING_KEY.at(place, f"`{name}` is missing from {fault.name}", help=f"add `{name}:`")


def _wrong_type(fault: _Fault) -> Diagnostic:
    wanted = [fault.wanted] if isinstance(fault.wanted, str) else fault.wanted
    allowed = " or ".join(_TYPES[kind] for kind in wanted if kind != "null")
    if is_blank(fault.node):
        place = fault.key or fault.node.span
        advice = f"write {allowed}, or remove the line"
        return codes.BLANK_VALUE.at(place, f"{fault.name} is blank", help=advice)
    message = f"{fault.name} must be {allowed}, not {_found(fault.node)}"
    return codes.WRONG_TYPE.at(_head(fault.node), message, help=_type_help(fault.node, wanted, fault.path))


def _type_help(node: Node, wanted: list[str], path: tuple[str | int, ...]) -> str:
    if path == ("run",) and isinstance(node, Sequence):
        return "setup commands stand under `build.run`; the top-level `run` names the class that predicts"
    if path == ("environment",) and isinstance(node, Mapping):
        return "write each variable as `- NAME=value`"
    if path[-1:] == ("source",) and isinstance(node, Scalar):
        return f"write the place under `uri`: `source: {{uri: {node.text}}}`"
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
    if "array" in wanted:
        return "make it a list: each item on a line of its own, after `- `"
    if "object" in wanted:
        return "write its keys below it, each on a line of its own: `key: value`"
    return "write one value, on the line of its key"


def _bad_value(fault: _Fault) -> Diagnostic:
    rule = {"enum": "must be one of {}", "minimum": "must be at least {}"}[fault.keyword]
    wanted = fault.wanted if fault.keyword == "minimum" else ", ".join(map(str, fault.wanted))
    return codes.BAD_VALUE.at(_head(fault.node), f"{fault.name} {rule.format(wanted)}", help=f"write {wanted}")


def _head(node: Node) -> Span:
    """The node, or of one that goes over several lines its beginning."""
    if isinstance(node, Mapping) and node.entries:
        return node.entries[0].key.span
    return node.span.part(0, len(node.span.text.split("\n", 1)[0]))


def _found(node: Node) -> str:
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Sequence):
        return "a list"
    kinds = {"str": "the text", "int": "the number", "float": "the number", "bool": "the boolean", "null": "nothing"}
    return f"{kinds[node.kind]} {node.text}"
