"""The answers of the OpenAPI document, by status."""

from typing import Any, Dict

Responses = Dict[str, Dict[str, Any]]

REF = "#/components/schemas/"
REFUSAL: Dict[str, Any] = {
    "title": "Refusal",
    "type": "object",
    "properties": {"detail": {"title": "Detail", "type": "string"}},
    "required": ["detail"],
}
_REFUSALS = {
    404: "No such {noun}",
    406: "Only events are accepted, and the model does not stream",
    409: "All slots are taken, or one of this id runs",
    413: "The request is too long",
    429: "Too many watch this {noun}",
    503: "The model is not ready",
}


def success(content: Dict[str, Any], description: str = "Successful Response") -> Dict[str, Any]:
    return {"description": description, "content": content}


def json_of(schema: Dict[str, Any]) -> Dict[str, Any]:
    return {"application/json": {"schema": schema}}


def refusals(noun: str, *statuses: int) -> Responses:
    content = json_of({"$ref": REF + "Refusal"})
    return {str(each): success(content, _REFUSALS[each].format(noun=noun)) for each in statuses}


def invalid() -> Responses:
    return {"422": success(json_of({"$ref": REF + "HTTPValidationError"}), "Validation Error")}


def state_of(noun: str, streaming: bool) -> Dict[str, Any]:
    """The prediction or training as it is; or, for those who accept them, the events of its life."""
    state = json_of({"$ref": f"{REF}{noun.capitalize()}Response"})
    return {**state, "text/event-stream": {"schema": {"type": "string"}}} if streaming else state
