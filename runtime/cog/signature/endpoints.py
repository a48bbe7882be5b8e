"""The paths of the OpenAPI document."""

from typing import Any, Dict

from .model import Signature

Paths = Dict[str, Dict[str, Any]]

_REF = "#/components/schemas/"
_ANYTHING: Dict[str, Any] = {"application/json": {"schema": {}}}
_INVALID = {
    "description": "Validation Error",
    "content": {"application/json": {"schema": {"$ref": _REF + "HTTPValidationError"}}},
}
_REFUSED = {
    "409": {"description": "All slots are taken"},
    "503": {"description": "The model is not ready"},
}
_RUN = "Run a single {noun} on the model"
_RUN_IDEMPOTENT = "Run a single {noun} on the model (idempotent creation)."


def system_paths() -> Paths:
    """What every server has: discovery, health and shutdown."""
    return {
        "/": {"get": _operation("Root", "root__get")},
        "/health-check": {"get": _operation("Healthcheck", "healthcheck_health_check_get")},
        "/shutdown": {"post": _operation("Start Shutdown", "start_shutdown_shutdown_post")},
    }


def _operation(summary: str, operation_id: str) -> Dict[str, Any]:
    return {
        "summary": summary,
        "operationId": operation_id,
        "responses": {"200": {"description": "Successful Response", "content": _ANYTHING}},
    }


def prediction_paths(noun: str, verb: str, signature: Signature) -> Paths:
    """Creating and cancelling; `noun` is `prediction` or `training`, `verb` `predict` or `train`."""
    plural, summary = f"{noun}s", verb.capitalize()
    return {
        f"/{plural}": {"post": _create(noun, f"{verb}_{plural}_post", summary, signature)},
        f"/{plural}/{{{noun}_id}}": {"put": _create_idempotent(noun, verb)},
        f"/{plural}/{{{noun}_id}}/cancel": {"post": _cancel(noun)},
    }


def _create(noun: str, operation_id: str, summary: str, signature: Signature) -> Dict[str, Any]:
    return {
        "summary": summary,
        "description": _RUN.format(noun=noun),
        "operationId": operation_id,
        "parameters": [_prefer()],
        "requestBody": {"content": {"application/json": {"schema": {"$ref": _request_ref(noun)}}}},
        "responses": _answers(noun),
        **({"x-cog-streaming": True} if signature.streaming else {}),
    }


def _create_idempotent(noun: str, verb: str) -> Dict[str, Any]:
    title = f"{noun.capitalize()} Request"
    body = {"title": title, "allOf": [{"$ref": _request_ref(noun)}]}
    return {
        "summary": f"{verb.capitalize()} Idempotent",
        "description": _RUN_IDEMPOTENT.format(noun=noun),
        "operationId": f"{verb}_idempotent_{noun}s__{noun}_id__put",
        "parameters": [_id_parameter(noun), _prefer()],
        "requestBody": {"content": {"application/json": {"schema": body}}, "required": True},
        "responses": _answers(noun),
    }


def _cancel(noun: str) -> Dict[str, Any]:
    operation = _operation("Cancel", f"cancel_{noun}s__{noun}_id__cancel_post")
    responses = {**operation["responses"], "404": {"description": f"No such {noun} is running"}, "422": _INVALID}
    return {
        **operation,
        "description": f"Cancel a running {noun}",
        "parameters": [_id_parameter(noun)],
        "responses": responses,
    }


def _id_parameter(noun: str) -> Dict[str, Any]:
    title = f"{noun.capitalize()} ID"
    return {"name": f"{noun}_id", "in": "path", "required": True, "schema": {"title": title, "type": "string"}}


def _prefer() -> Dict[str, Any]:
    return {"name": "prefer", "in": "header", "required": False, "schema": {"title": "Prefer", "type": "string"}}


def _request_ref(noun: str) -> str:
    return f"{_REF}{noun.capitalize()}Request"


def _answers(noun: str) -> Dict[str, Any]:
    response = {"application/json": {"schema": {"$ref": f"{_REF}{noun.capitalize()}Response"}}}
    return {
        "200": {"description": "Successful Response", "content": response},
        "202": {"description": "Accepted", "content": response},
        **_REFUSED,
        "422": _INVALID,
    }
