"""Which method of a class is the model's, and what it gets that calls another; the models are in `methods.py`."""

import pytest

from .conftest import Serve

METHODS: dict[str, str] = {"Made": "sd-x", "Decorated": "x!", "Base": "base x", "Overriding": "base x"}


@pytest.mark.parametrize("model", METHODS)
def test_method_of_another_name(shared: Serve, model: str) -> None:
    assert shared(f"methods.py:{model}").predict(text="x")["output"] == METHODS[model]


def test_defaults_of_bases(shared: Serve) -> None:
    assert shared("methods.py:Derived").predict()["output"] == "a 3 None"
    assert shared("methods.py:Converted").predict()["output"] == "a 3 None, b 3 None, trained 2"
