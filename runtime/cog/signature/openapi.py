"""The OpenAPI document of a model: the one renderer for the compiler's label and for the server."""

from typing import Any, Dict, Optional

from .endpoints import prediction_paths, system_paths
from .model import Signature
from .responses import REFUSAL
from .schema import Schema, choices_of, enum_component, input_property, output_schema

_REF = "#/components/schemas/"
_EVENTS = ["start", "output", "logs", "completed"]

_FIXED: Dict[str, Schema] = {
    "HTTPValidationError": {
        "title": "HTTPValidationError",
        "type": "object",
        "properties": {
            "detail": {"title": "Detail", "type": "array", "items": {"$ref": _REF + "ValidationError"}},
        },
    },
    "Refusal": REFUSAL,
    "Status": {
        "title": "Status",
        "description": "An enumeration.",
        "enum": ["starting", "processing", "succeeded", "canceled", "failed"],
        "type": "string",
    },
    "ValidationError": {
        "title": "ValidationError",
        "required": ["loc", "msg", "type"],
        "type": "object",
        "properties": {
            "loc": {
                "title": "Location",
                "type": "array",
                "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
            },
            "msg": {"title": "Message", "type": "string"},
            "type": {"title": "Error Type", "type": "string"},
        },
    },
    "WebhookEvent": {"title": "WebhookEvent", "description": "An enumeration.", "enum": _EVENTS, "type": "string"},
}


def render(predict: Optional[Signature], train: Optional[Signature], version: str) -> Dict[str, Any]:
    """The document for a model with these entry points; the same arguments give the same document.

    `version` is the version of the runtime. None stands for an entry point that the model does not have.
    """
    schemas: Dict[str, Schema] = dict(_FIXED)
    paths = system_paths()
    if predict is not None:
        _add_components(schemas, predict, "", "Prediction")
        paths.update(prediction_paths("prediction", "predict", predict))
    if train is not None:
        _add_components(schemas, train, "Training", "Training")
        paths.update(prediction_paths("training", "train", train))
    return {
        "openapi": "3.0.2",
        "info": {"title": "Cog", "version": version},
        "paths": paths,
        "components": {"schemas": {name: schemas[name] for name in sorted(schemas)}},
    }


def _add_components(schemas: Dict[str, Schema], signature: Signature, prefix: str, noun: str) -> None:
    input_name, output_name = f"{prefix}Input", f"{prefix}Output"
    # Claimed before the choices are named, so that a parameter called `Output` cannot take the place.
    schemas[output_name] = output_schema(signature, output_name)
    schemas[f"{noun}Request"] = _request(f"{noun}Request", input_name)
    schemas[f"{noun}Response"] = _response(f"{noun}Response", _shown_input(signature, input_name), output_name)
    schemas[input_name] = {}
    schemas[input_name] = _input(schemas, signature, input_name)


def _input(schemas: Dict[str, Schema], signature: Signature, title: str) -> Schema:
    properties = {}
    for order, parameter in enumerate(signature.parameters):
        values = choices_of(parameter)
        ref = None if values is None else _place_enum(schemas, parameter.name, values)
        properties[parameter.name] = input_property(parameter, order, ref)
    required = [parameter.name for parameter in signature.parameters if not parameter.optional]
    return {
        "title": title,
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
        **({"additionalProperties": True} if signature.extra_inputs else {}),
    }


def _place_enum(schemas: Dict[str, Schema], wanted: str, values: Any) -> str:
    """Adds the component under the parameter's name, or the next free one, and returns its reference."""
    name = wanted
    while schemas.get(name, enum_component(name, values)) != enum_component(name, values):
        name += "_"
    schemas[name] = enum_component(name, values)
    return _REF + name


def _request(title: str, input_name: str) -> Schema:
    text = {"type": "string"}
    return {
        "title": title,
        "type": "object",
        "properties": {
            "input": {"$ref": _REF + input_name},
            "id": {"title": "Id", "type": "string", "nullable": True},
            "created_at": _time("Created At"),
            "context": {"title": "Context", "type": "object", "additionalProperties": text, "nullable": True},
            "output_file_prefix": {"title": "Output File Prefix", "type": "string", "nullable": True},
            **_webhook_properties(),
        },
    }


def _webhook_properties() -> Dict[str, Schema]:
    url = {"type": "string", "format": "uri", "minLength": 1, "maxLength": 65536, "nullable": True}
    events = {"type": "array", "items": {"$ref": _REF + "WebhookEvent"}, "default": _EVENTS, "nullable": True}
    return {
        "webhook": {"title": "Webhook", **url},
        "webhook_events_filter": {"title": "Webhook Events Filter", **events},
    }


def _shown_input(signature: Signature, input_name: str) -> Schema:
    """Secrets are `writeOnly`, which no answer may hold: it shows stars in their place."""
    if not any(parameter.type.holds("secret") for parameter in signature.parameters):
        return {"$ref": _REF + input_name}
    return {"title": input_name, "type": "object", "description": "As it was used; of a secret only stars are shown"}


def _response(title: str, shown_input: Schema, output_name: str) -> Schema:
    return {
        "title": title,
        "type": "object",
        "properties": {
            "input": shown_input,
            "output": {"allOf": [{"$ref": _REF + output_name}], "nullable": True},
            "id": {"title": "Id", "type": "string"},
            "version": {"title": "Version", "type": "string", "nullable": True},
            "created_at": _time("Created At"),
            "started_at": _time("Started At"),
            "completed_at": _time("Completed At"),
            "logs": {"title": "Logs", "type": "string", "default": ""},
            "error": {"title": "Error", "type": "string", "nullable": True},
            "status": {"$ref": _REF + "Status"},
            "metrics": {"title": "Metrics", "type": "object", "nullable": True},
        },
    }


def _time(title: str) -> Schema:
    return {"title": title, "type": "string", "format": "date-time", "nullable": True}
