"""The OpenAPI document that a server gives: section 7.11 of the reference; see rows.py."""

from typing import Any

import pytest

from .conftest import Serve, Shared
from .rows import rows

PROPERTIES: dict[str, Any] = {
    "text": {"title": "Text", "type": "string", "x-order": 0},
    "whole_number": {
        "title": "Whole Number",
        "type": "integer",
        "minimum": 1.0,
        "maximum": 10.0,
        "x-order": 1,
        "default": 5,
        "description": "How many",
    },
    "real": {"title": "Real", "type": "number", "x-order": 2, "default": 0.5},
    "flag": {"title": "Flag", "type": "boolean", "x-order": 3, "default": False},
    "path": {
        "title": "Path",
        "type": "string",
        "format": "uri",
        "x-order": 4,
        "x-cog-accept": "image/*,.png",
        "nullable": True,
    },
    "file": {"title": "File", "type": "string", "format": "uri", "x-order": 5, "nullable": True},
    "token": {
        "title": "Token",
        "type": "string",
        "format": "password",
        "writeOnly": True,
        "x-cog-secret": True,
        "x-order": 6,
        "nullable": True,
    },
    "size": {
        "title": "Size",
        "type": "string",
        "minLength": 2,
        "maxLength": 4,
        "pattern": "^a",
        "x-order": 7,
        "default": "abc",
    },
    "choice": {"allOf": [{"$ref": "#/components/schemas/choice"}], "x-order": 8, "default": "a"},
    "Output": {"allOf": [{"$ref": "#/components/schemas/Output_"}], "x-order": 9, "default": 1},
    "nothing": {"title": "Nothing", "type": "integer", "x-order": 10, "nullable": True},
    "optional": {
        "title": "Optional",
        "type": "number",
        "x-order": 11,
        "description": "May be left out",
        "nullable": True,
    },
    "either": {
        "title": "Either",
        "anyOf": [
            {"type": "string", "nullable": True},
            {"type": "array", "items": {"type": "string"}, "nullable": True},
        ],
        "x-order": 12,
        "nullable": True,
    },
    "texts": {"title": "Texts", "type": "array", "items": {"type": "string"}, "x-order": 13, "default": ["x"]},
    "mapping": {"title": "Mapping", "type": "object", "x-order": 14, "default": {}},
    "old": {"title": "Old", "type": "string", "x-order": 15, "default": "", "deprecated": True},
}


def schemas(shared: Serve, model: str) -> Any:
    return shared(model).get("/openapi.json")["components"]["schemas"]


@rows(257, 258, 259, 260, 261, 263, 265, 266, 267, 268, 269, 270, 271)
@pytest.mark.parametrize("name", PROPERTIES)
def test_input(shared: Serve, name: str) -> None:
    assert schemas(shared, "described.py:Inputs")["Input"]["properties"][name] == PROPERTIES[name]


@rows(262)
def test_required_inputs(shared: Serve) -> None:
    assert schemas(shared, "described.py:Inputs")["Input"]["required"] == ["text"]
    assert "required" not in schemas(shared, "described.py:Plain")["Input"]


@rows(263, 264, 279)
def test_choices(shared: Serve) -> None:
    found = schemas(shared, "described.py:Inputs")
    text = {"title": "choice", "description": "An enumeration.", "enum": ["a", "b", "c"], "type": "string"}
    assert (found["choice"], found["Output_"]["type"]) == (text, "integer")
    assert schemas(shared, "echo.py:Typed")["literals"]["enum"] == [1, 2]


OUTPUTS: dict[str, Any] = {
    "Inputs": {"title": "Output", "type": "string"},
    "Plain": {
        "title": "Output",
        "type": "array",
        "items": {"type": "object", "additionalProperties": {"type": "integer"}},
    },
    "Many": {
        "title": "Output",
        "type": "array",
        "items": {"type": "string", "format": "uri"},
        "x-cog-array-type": "iterator",
    },
    "Stream": {
        "title": "Output",
        "type": "array",
        "items": {"type": "string"},
        "x-cog-array-type": "iterator",
        "x-cog-array-display": "concatenate",
    },
    "Object": {
        "title": "Output",
        "type": "object",
        "properties": {
            "text": {"title": "Text", "type": "string"},
            "score": {"title": "Score", "type": "number", "nullable": True},
            "inner": {
                "title": "Inner",
                "type": "object",
                "properties": {"n": {"title": "N", "type": "integer"}},
                "required": ["n"],
            },
            "count": {"title": "Count", "type": "integer", "default": 3},
        },
        "required": ["text", "inner"],
    },
}


@pytest.fixture(scope="module", autouse=True)
def warm(shared: Shared) -> None:
    shared.warm_up(f"described.py:{model}" for model in OUTPUTS)


@rows(272, 273, 274, 275)
@pytest.mark.parametrize("model", OUTPUTS)
def test_output(shared: Serve, model: str) -> None:
    assert schemas(shared, f"described.py:{model}")["Output"] == OUTPUTS[model]


@rows(280)
def test_streaming_mark(shared: Serve) -> None:
    paths = shared("described.py:Stream").get("/openapi.json")["paths"]
    assert paths["/predictions"]["post"]["x-cog-streaming"] is True
    assert "x-cog-streaming" not in shared("described.py:Many").get("/openapi.json")["paths"]["/predictions"]["post"]


FAULT = {"loc": "array", "msg": "string", "type": "string"}


@rows(281, 282)
def test_components(shared: Serve) -> None:
    server = shared("echo.py:Text", COG_TRAIN_TYPE_STUB="training.py:train")
    found = server.get("/openapi.json")["components"]["schemas"]
    training = {"TrainingInput", "TrainingOutput", "TrainingRequest", "TrainingResponse"}
    assert training | {"HTTPValidationError", "ValidationError", "PredictionRequest"} <= set(found)
    assert found["HTTPValidationError"]["properties"]["detail"]["items"] == {
        "$ref": "#/components/schemas/ValidationError"
    }
    assert {name: each["type"] for name, each in found["ValidationError"]["properties"].items()} == FAULT
    assert found["Status"]["enum"] == ["starting", "processing", "succeeded", "canceled", "failed"]


def test_references_lead_somewhere(shared: Serve) -> None:
    server = shared("echo.py:Text", COG_TRAIN_TYPE_STUB="training.py:train")
    text = server.client.get("/openapi.json").text
    known = server.get("/openapi.json")["components"]["schemas"]
    names = {part.split('"', 1)[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= set(known)


POST = ["200", "202", "409", "406", "413", "503", "422"]
STREAM = ["200", "202", "409", "429", "413", "503", "422"]
STATUSES: dict[tuple[str, str, str], list[str]] = {
    ("Plain", "post", "/predictions"): POST,
    ("Plain", "put", "/predictions/{prediction_id}"): POST,
    ("Plain", "get", "/predictions/{prediction_id}"): ["200", "404", "406", "503"],
    ("Plain", "post", "/predictions/{prediction_id}/cancel"): ["200", "404", "422"],
    ("Stream", "post", "/predictions"): STREAM,
    ("Stream", "put", "/predictions/{prediction_id}"): STREAM,
    ("Stream", "get", "/predictions/{prediction_id}"): ["200", "204", "404", "429", "503"],
    ("Plain", "get", "/health/live"): ["200", "503"],
    ("Plain", "get", "/health/ready"): ["200", "503"],
    ("Plain", "get", "/metrics"): ["200"],
}


@pytest.mark.parametrize("case", STATUSES, ids=" ".join)
def test_statuses(shared: Serve, case: tuple[str, str, str]) -> None:
    model, method, path = case
    operation = shared(f"described.py:{model}").get("/openapi.json")["paths"][path][method]
    assert list(operation["responses"]) == STATUSES[case]
    events = "text/event-stream" in operation["responses"]["200"]["content"]
    assert events == (model == "Stream" and method in ("post", "put", "get"))


def test_no_answer_holds_what_may_only_be_written(shared: Serve) -> None:
    server = shared("described.py:Inputs")
    found = server.get("/openapi.json")["components"]["schemas"]
    assert found["Input"]["properties"]["token"]["writeOnly"] is True
    assert "$ref" not in found["PredictionResponse"]["properties"]["input"]
    assert server.predict(text="x", token="hush")["input"]["token"] == "*" * 10
    plain = schemas(shared, "described.py:Plain")["PredictionResponse"]["properties"]["input"]
    assert plain == {"$ref": "#/components/schemas/Input"}


@rows(283)
def test_same_bytes_twice(shared: Serve) -> None:
    """Of two servers, whose sets have their members in another order."""
    servers = [shared("described.py:Inputs", PYTHONHASHSEED=seed) for seed in "12"]
    first, second = (server.client.get("/openapi.json").content for server in servers)
    assert first == second
