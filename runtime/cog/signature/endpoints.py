"""The paths of the OpenAPI document."""

from typing import Any, Dict, Tuple

from .model import Signature
from .responses import REF, Responses, invalid, json_of, refusals, state_of, success

Paths = Dict[str, Dict[str, Any]]

_RUN = "Run a single {noun} on the model"
_RUN_IDEMPOTENT = "Run a single {noun} on the model (idempotent creation)."
_UNREADY = {"503": {"description": "Not ready", "content": json_of({})}}


def system_paths() -> Paths:
    """What every server has: discovery, health, metrics and shutdown."""
    return {
        "/": {"get": _operation("Root", "root__get", {})},
        "/health-check": {"get": _operation("Healthcheck", "healthcheck_health_check_get", {})},
        "/health/live": {"get": _operation("Live", "live_health_live_get", _UNREADY)},
        "/health/ready": {"get": _operation("Ready", "ready_health_ready_get", _UNREADY)},
        "/metrics": {"get": _metrics()},
        "/shutdown": {"post": _operation("Start Shutdown", "start_shutdown_shutdown_post", {})},
    }


def _operation(summary: str, operation_id: str, more: Responses) -> Dict[str, Any]:
    return {"summary": summary, "operationId": operation_id, "responses": {"200": success(json_of({})), **more}}


def _metrics() -> Dict[str, Any]:
    text = {"text/plain": {"schema": {"type": "string"}}}
    return {**_operation("Metrics", "metrics_metrics_get", {}), "responses": {"200": success(text)}}


def prediction_paths(noun: str, verb: str, signature: Signature) -> Paths:
    """Creating, reading and cancelling; `noun` is `prediction` or `training`, `verb` `predict` or `train`."""
    plural, summary = f"{noun}s", verb.capitalize()
    streaming = signature.streaming and noun == "prediction"
    marks = {"x-cog-streaming": True} if signature.streaming else {}
    return {
        f"/{plural}": {"post": {**_create(noun, f"{verb}_{plural}_post", summary, streaming), **marks}},
        f"/{plural}/{{{noun}_id}}": {
            "put": _create_idempotent(noun, verb, streaming),
            "get": _read(noun, streaming),
        },
        f"/{plural}/{{{noun}_id}}/cancel": {"post": _cancel(noun)},
    }


def _create(noun: str, operation_id: str, summary: str, streaming: bool) -> Dict[str, Any]:
    return {
        "summary": summary,
        "description": _RUN.format(noun=noun),
        "operationId": operation_id,
        "parameters": [_header("Prefer")],
        "requestBody": {"content": json_of({"$ref": _request_ref(noun)})},
        "responses": _answers(noun, streaming),
    }


def _create_idempotent(noun: str, verb: str, streaming: bool) -> Dict[str, Any]:
    body = {"title": f"{noun.capitalize()} Request", "allOf": [{"$ref": _request_ref(noun)}]}
    return {
        "summary": f"{verb.capitalize()} Idempotent",
        "description": _RUN_IDEMPOTENT.format(noun=noun),
        "operationId": f"{verb}_idempotent_{noun}s__{noun}_id__put",
        "parameters": [_id_parameter(noun), _header("Prefer")],
        "requestBody": {"content": json_of(body), "required": True},
        "responses": _answers(noun, streaming),
    }


def _read(noun: str, streaming: bool) -> Dict[str, Any]:
    over = {"204": {"description": "No event will follow the one of Last-Event-ID"}} if streaming else {}
    return {
        "summary": f"Read {noun.capitalize()}",
        "description": f"Read a {noun} that runs, or has ended not long ago",
        "operationId": f"read_{noun}s__{noun}_id__get",
        "parameters": [_id_parameter(noun), *([_header("Last-Event-ID")] if streaming else [])],
        "responses": {
            "200": success(state_of(noun, streaming)),
            **over,
            **refusals(noun, 404, *_of_events(streaming), 503),
        },
    }


def _cancel(noun: str) -> Dict[str, Any]:
    missing = {"404": success(json_of({}), f"No such {noun} is running")}
    return {
        **_operation("Cancel", f"cancel_{noun}s__{noun}_id__cancel_post", {**missing, **invalid()}),
        "description": f"Cancel a running {noun}",
        "parameters": [_id_parameter(noun)],
    }


def _id_parameter(noun: str) -> Dict[str, Any]:
    title = f"{noun.capitalize()} ID"
    return {"name": f"{noun}_id", "in": "path", "required": True, "schema": {"title": title, "type": "string"}}


def _header(title: str) -> Dict[str, Any]:
    return {"name": title.lower(), "in": "header", "required": False, "schema": {"title": title, "type": "string"}}


def _request_ref(noun: str) -> str:
    return f"{REF}{noun.capitalize()}Request"


def _of_events(streaming: bool) -> Tuple[int, ...]:
    """Refusals of those who ask for events."""
    return (429,) if streaming else (406,)


def _answers(noun: str, streaming: bool) -> Responses:
    return {
        "200": success(state_of(noun, streaming)),
        "202": success(state_of(noun, False), "Accepted"),
        **refusals(noun, 409, *_of_events(streaming), 413, 503),
        **invalid(),
    }
