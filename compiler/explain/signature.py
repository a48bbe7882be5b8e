"""The inputs and the output of a model, read from its OpenAPI document, a line each."""

from typing import Any

_FORMATS = {"uri": "file", "password": "secret", "date": "date", "date-time": "datetime"}
_BOUNDS = (("minimum", "≥"), ("maximum", "≤"), ("minLength", "length ≥"), ("maxLength", "length ≤"))

Schemas = dict[str, Any]


def inputs(schemas: Schemas) -> tuple[str, ...]:
    """In the order in which the predictor takes them."""
    schema = schemas.get("Input", {})
    named = sorted(schema.get("properties", {}).items(), key=lambda pair: pair[1].get("x-order", 0))
    needed = frozenset(schema.get("required", ()))
    return tuple(_line(name, _resolved(found, schemas), name in needed) for name, found in named)


def output(schemas: Schemas) -> str:
    return _type(_resolved(schemas.get("Output", {}), schemas))


def _line(name: str, schema: Schemas, needed: bool) -> str:
    default = "" if needed or "default" not in schema else f" = {schema['default']!r}"
    limits = "".join(f", {sign} {schema[key]}" for key, sign in _BOUNDS if key in schema)
    choices = f", one of {', '.join(map(repr, schema['enum']))}" if "enum" in schema else ""
    about = f" — {schema['description']}" if schema.get("description") else ""
    return f"{name}: {_type(schema)}{default}{limits}{choices}{about}"


def _resolved(schema: Schemas, schemas: Schemas) -> Schemas:
    inner = schema.get("allOf", [schema])[0]
    name = inner.get("$ref", "").rpartition("/")[2]
    own = {key: value for key, value in schema.items() if key not in ("allOf", "$ref")}
    return {**schemas.get(name, {}), **own} if name else schema


def _type(schema: Schemas) -> str:
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    kind = _FORMATS.get(schema.get("format", ""), str(schema.get("type", "any")))
    return f"{kind} or null" if schema.get("nullable") else kind
