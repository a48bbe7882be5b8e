"""A model's OpenAPI document as its callers need it: what goes in, and how the output is shown."""

from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from ..contract import Type, fits
from .endpoint import PREDICTION, Endpoint

Schema = dict[str, Any]

_TIMES = FormatChecker(formats=())
_TIMES.checks("date")(lambda value: not isinstance(value, str) or fits(value, Type("date")))
_TIMES.checks("date-time")(lambda value: not isinstance(value, str) or fits(value, Type("datetime")))


@dataclass(frozen=True, slots=True)
class InputSchema:
    """The inputs of one endpoint; `components` are what references in it point to."""

    schema: Schema
    components: dict[str, Schema]

    @property
    def properties(self) -> dict[str, Schema]:
        found: dict[str, Schema] = self.schema.get("properties", {})
        return found

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(self.schema.get("required", ()))

    @property
    def takes_any_name(self) -> bool:
        return bool(self.schema.get("additionalProperties", False))

    def resolved(self, schema: Schema) -> Schema:
        """The schema with what it refers to put in its place."""
        inner = schema.get("allOf", [schema])[0]
        name = inner.get("$ref", "").rpartition("/")[2]
        own = {key: value for key, value in schema.items() if key not in ("allOf", "$ref")}
        return {**self.components[name], **own} if name else schema

    def accepts(self, value: Any, schema: Schema) -> bool:
        """Whether the schema's type, bounds and choices allow it."""
        if value is None and schema.get("nullable"):
            return True
        rules = _json_schema({**schema, "nullable": False, "components": {"schemas": self.components}})
        return bool(Draft202012Validator(rules, format_checker=_TIMES).is_valid(value))


@dataclass(frozen=True, slots=True)
class OutputSchema:
    """How an output is to be shown."""

    schema: Schema

    @property
    def is_text_in_pieces(self) -> bool:
        return self.schema.get("x-cog-array-display") == "concatenate"

    @property
    def comes_in_pieces(self) -> bool:
        return self.schema.get("x-cog-array-type") == "iterator"

    @property
    def has_files(self) -> bool:
        return _mentions_files(self.schema)

    @property
    def is_files(self) -> bool:
        """A file, or a list of files, and nothing beside."""
        item = self.schema.get("items", self.schema)
        return bool(item.get("format") == "uri")

    @property
    def is_record(self) -> bool:
        return self.schema.get("type") == "object"


def offers(document: Schema, endpoint: Endpoint) -> bool:
    return endpoint.path in document["paths"]


def input_schema(document: Schema, endpoint: Endpoint = PREDICTION) -> InputSchema:
    components = document["components"]["schemas"]
    return InputSchema(components[f"{endpoint.prefix}Input"], components)


def output_schema(document: Schema, endpoint: Endpoint = PREDICTION) -> OutputSchema:
    return OutputSchema(document["components"]["schemas"][f"{endpoint.prefix}Output"])


def streams(document: Schema, endpoint: Endpoint = PREDICTION) -> bool:
    """Whether the work can be followed as events while it runs."""
    return bool(document["paths"].get(endpoint.path, {}).get("post", {}).get("x-cog-streaming"))


def _json_schema(value: Any) -> Any:
    """OpenAPI 3.0 says `nullable` where JSON Schema names a second type."""
    if isinstance(value, list):
        return [_json_schema(item) for item in value]
    if not isinstance(value, dict):
        return value
    inner = {name: _json_schema(item) for name, item in value.items() if name != "nullable"}
    return {"anyOf": [inner, {"type": "null"}]} if value.get("nullable") is True else inner


def _mentions_files(value: Any) -> bool:
    if isinstance(value, dict):
        return value.get("format") == "uri" or any(map(_mentions_files, value.values()))
    return isinstance(value, list) and any(map(_mentions_files, value))
