"""What testers have found; the models are in `found.py`."""

from typing import Any

import pytest

from .conftest import Serve

BOUNDS: dict[str, tuple[dict[str, Any], int]] = {
    "within": ({"whole": 3, "maybe": 1, "either": 0.5, "text": "abc", "real": -1e300}, 200),
    "int-below": ({"whole": 0}, 422),
    "int-above": ({"whole": 4}, 422),
    "maybe-below": ({"maybe": 0}, 422),
    "int-of-union-below": ({"either": 0}, 422),
    "text-too-short": ({"text": ""}, 422),
    "text-too-long": ({"text": "abcd"}, 422),
    "decimal-above": ({"real": 1.6}, 422),
}


@pytest.mark.parametrize("case", BOUNDS)
def test_limits_of_another_type_of_number(shared: Serve, case: str) -> None:
    given, status = BOUNDS[case]
    shared("found.py:Limits").predict(expect=status, **given)


def test_limits_of_numpy(shared: Serve) -> None:
    server = shared("found.py:NumpyLimits")
    assert server.predict(whole=5)["output"] == 5
    assert [server.predict(expect=422, whole=each)["detail"][0]["type"] for each in (0, 6)] == [
        "greater_than_equal",
        "less_than_equal",
    ]


REFUSED: dict[str, str] = {
    "NegativeLength": "parameter 'text': min_length must be a whole number, 0 or more, not -1",
    "HalfLength": "parameter 'text': max_length must be a whole number, 0 or more, not 1.5",
    "NoBound": "parameter 'real': ge must be a number, not '1'",
    "NothingBelow": "parameter 'real': le must be a number, not -inf",
    "TextForNumbers": "parameter 'count': the choice '1' is not a whole number",
    "NumbersForTexts": "parameter 'names': the choice 1 is not text",
}


@pytest.mark.parametrize("model", REFUSED)
def test_refused_at_setup(serve: Serve, model: str) -> None:
    server = serve(f"found.py:{model}", "--await-explicit-shutdown", until="SETUP_FAILED")
    assert f"error: {REFUSED[model]}\n" in server.health()["setup"]["logs"]


METHODS: dict[str, str] = {"Made": "sd-x", "Decorated": "x!", "Base": "base x", "Overriding": "base x"}


@pytest.mark.parametrize("model", METHODS)
def test_method_of_another_name(shared: Serve, model: str) -> None:
    assert shared(f"found.py:{model}").predict(text="x")["output"] == METHODS[model]


ODD: dict[str, Any] = {
    "dotdict": {"a": 1, "b": {"c": 2}},
    "magic": {"a": 1},
    "meter": {"read": 5},
    "keys": {"null": 1, "true": 2, "1.5": 3, "7": 4, "red": 5, "1": 6},
}


@pytest.mark.parametrize("name", ODD)
def test_odd_output(shared: Serve, name: str) -> None:
    answer = shared("found.py:Odd").predict(name=name)
    assert answer["output"] == ODD[name], answer["error"]


KEYS = {"tuple-key": "(1, 2)", "path-key": "PosixPath('a')"}


@pytest.mark.parametrize("name", KEYS)
def test_key_that_is_no_text(shared: Serve, name: str) -> None:
    answer = shared("found.py:Odd").predict(name=name)
    assert answer["error"] == f"{KEYS[name]} cannot be a key in an output: keys are text or numbers"


def test_computed_fields(shared: Serve) -> None:
    assert shared("found.py:Computed").predict()["output"] == [{"side": 2, "area": 4}] * 2


INNERMOST: dict[str, Any] = {"children": [], "parent": None}


@pytest.mark.everywhere
@pytest.mark.parametrize("model", ["found.py:Nodes", "bare.py:Nodes"])
def test_class_within_itself(shared: Serve, model: str) -> None:
    server = shared(model)
    found = {"name": "b", "children": [], "parent": {"name": "c", **INNERMOST}}
    assert server.predict()["output"] == {"name": "a", "children": [found], "parent": None}
    shown = server.get("/openapi.json")["components"]["schemas"]["Output"]["properties"]
    assert (shown["children"]["items"], shown["parent"]["nullable"]) == ({}, True)


@pytest.mark.everywhere
def test_dataclasses_within_each_other(shared: Serve) -> None:
    last = {"next": None, "owner": None}
    expected = {"name": "a", "next": {"name": "b", **last}, "owner": {"items": [{"name": "c", **last}]}}
    assert shared("found.py:Items").predict()["output"] == expected


@pytest.mark.everywhere
def test_typed_dict_within_itself(shared: Serve) -> None:
    """What lies within is passed on as JSON."""
    file = "data:text/plain;base64,eA=="
    inner = {"file": file, "leaves": {}}
    answer = shared("found.py:Trees").predict(tree={"file": file, "either": inner})
    assert answer["output"] == {"file": file, "either": inner, "leaves": {"read": {"text": "x"}}}, answer["error"]


def test_defaults_of_bases(shared: Serve) -> None:
    assert shared("found.py:Derived").predict()["output"] == "a 3 None"
    assert shared("found.py:Converted").predict()["output"] == "a 3 None, b 3 None, trained 2"


def test_choices_that_fit(shared: Serve) -> None:
    given: dict[str, Any] = {"count": 2, "names": ["a"], "either": "b", "anything": "b"}
    assert shared("found.py:Chosen").predict(**given)["output"] == list(given.values())


def test_no_text_is_no_file(shared: Serve) -> None:
    server = shared("found.py:NoFiles")
    assert server.predict()["output"] == "None None None"
    server.predict(expect=422, path="")


def test_events_that_are_not_wanted(shared: Serve) -> None:
    server = shared("streams.py:Ticks")
    for unwanted in ("text/event-stream;q=0", "text/event-stream; a=b ; q=0.00, */*"):
        answer = server.client.post("/predictions", json={"input": {"count": 1}}, headers={"Accept": unwanted})
        assert answer.headers["content-type"] == "application/json"
    wanted = {"Accept": "application/json;q=0.5, text/event-stream;q=0.01"}
    answer = server.client.post("/predictions", json={"input": {"count": 1}}, headers=wanted)
    assert answer.headers["content-type"].startswith("text/event-stream")


def test_byte_order_mark(shared: Serve) -> None:
    server = shared("found.py:Anything")
    answer = server.client.post("/predictions", content=b'\xef\xbb\xbf{"input": {"value": 1}}')
    assert answer.json()["output"][0] == 1
    assert server.client.post("/predictions", content=b"\xef\xbb\xbf").json()["status"] == "succeeded"


NO_URLS = [
    "http://127.0.0.1:70000/",
    "http://exa mple/",
    "http://xn--/p",
    "http://a\x7fb/p",
    "http://a/\x01",
    "http://:80/",
    "http://",
    " http://a/",
    "http://[::1/",
    "ftp://a/",
]


@pytest.mark.parametrize("name", ["webhook", "output_file_prefix"])
@pytest.mark.parametrize("url", NO_URLS)
def test_url_that_leads_nowhere(shared: Serve, name: str, url: str) -> None:
    detail = shared("found.py:Anything").post("/predictions", {name: url}, 422)["detail"]
    assert [(fault["loc"], fault["msg"]) for fault in detail] == [(["body", name], "an http or https URL is needed")]


URLS = [
    "http://[::1]:9/",
    "http://user:p@127.0.0.1:9/a b?c=d",
    "https://xn--bcher-kva.example/",
    "HTTP://bücher.example",
]


@pytest.mark.parametrize("url", URLS)
def test_url_that_may_lead_somewhere(shared: Serve, url: str) -> None:
    shared("found.py:Anything").post("/predictions", {"output_file_prefix": url})


OVERFLOWS = [
    '"value": 1e400',
    '"value": [[1, {"a": -1e400}]]',
    '"record": {"a": 1e999}',
    '"either": [1e400]',
    '"either": {"more": 1e400}',
    '"more": 1e400',
]


@pytest.mark.parametrize("inputs", OVERFLOWS)
def test_number_that_becomes_infinity(shared: Serve, inputs: str) -> None:
    server = shared("found.py:Anything")
    answer = server.client.post("/predictions", content='{"input": {' + inputs + "}}")
    assert answer.status_code == 422, answer.text
