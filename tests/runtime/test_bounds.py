"""Limits and choices of inputs, as people write them; the models are in `bounds.py`."""

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
    shared("bounds.py:Limits").predict(expect=status, **given)


def test_limits_of_numpy(shared: Serve) -> None:
    server = shared("bounds.py:NumpyLimits")
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
    server = serve(f"bounds.py:{model}", "--await-explicit-shutdown", until="SETUP_FAILED")
    assert f"error: {REFUSED[model]}\n" in server.health()["setup"]["logs"]


def test_choices_that_fit(shared: Serve) -> None:
    given: dict[str, Any] = {"count": 2, "names": ["a"], "either": "b", "anything": "b"}
    assert shared("bounds.py:Chosen").predict(**given)["output"] == list(given.values())
