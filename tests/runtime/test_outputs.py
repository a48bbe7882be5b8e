"""Outputs: sections 7.2 and 7.5 of the reference; see rows.py."""

from typing import Any

import pytest

from .conftest import Serve, Shared
from .rows import rows

VALUES: dict[str, Any] = {
    "empty": "",
    "zero": 0,
    "list": [],
    "false": False,
    "none": None,
    "big": 2**70,
    "tuple": [1, 2],
    "set": [1],
    "enum": "red",
    "time": "2024-01-02T03:04:05",
    "dataclass": {"x": 1, "y": 2},
    "model": {"inner": {"n": 1}, "more": [{"n": 2}], "absent": None},
    "dict": {"a": {"b": [1, None, "x"]}},
    "keys": {"1": "a"},
    "seconds": 1.5,
    "moments": ["2024-01-02", "03:04:00"],
    "decimals": [1.5, 2**70],
    "uuid": "00000000-0000-0000-0000-000000000005",
    "views": [[0, 1], [1], ["a"], ["1"]],
}


@rows(68, 72, 169, 170, 155, 171, 158)
@pytest.mark.parametrize("name", VALUES)
def test_value(shared: Serve, name: str) -> None:
    answer = shared("outputs.py:Values").predict(name=name)
    assert answer["status"] == "succeeded", answer
    assert answer["output"] == VALUES[name]
    assert type(answer["output"]) is type(VALUES[name])


UNSENDABLE = {
    "nan": "JSON",
    "infinity": "JSON",
    "surrogate": "JSON",
    "decimal": "JSON",
    "bytes": "bytes",
    "object": "object",
}


@rows(70)
@pytest.mark.parametrize("name", UNSENDABLE)
def test_value_that_cannot_be_sent(shared: Serve, name: str) -> None:
    server = shared("outputs.py:Values")
    answer = server.predict(name=name)
    assert (answer["status"], answer["output"]) == ("failed", None)
    assert UNSENDABLE[name] in answer["error"]
    assert server.predict(name="zero")["output"] == 0


OUTPUTS: dict[str, tuple[str, Any]] = {
    "160-none": ("Nothing", None),
    "161-optional": ("Maybe", None),
    "155-typed-model": ("Typed", {"inner": {"n": 1}, "more": [], "absent": None}),
    "162-iterator": ("Texts", ["piece 0", "piece 1", "piece 2"]),
    "163-concatenate": ("Pieces", ["The ", "fox"]),
    "166-models": ("Models", [[{"n": 1}, {"n": 2}]]),
    "168-async": ("AsyncTexts", ["a", "b"]),
    "168-async-concatenate": ("AsyncPieces", ["a", "b"]),
    "169-numpy": ("Numpy", {"scalar": 0.5, "array": [[1, 2], [3, 4]]}),
    "collected-generator": ("Collected", ["a", "b"]),
    "69-file-for-a-text": ("FileForText", {"file": "data:text/plain;base64,eA=="}),
    "69-url-for-a-path": ("UrlOfFile", "https://example.com/x.png"),
    "69-whole-number": ("Whole", {"exact": 2**70, "real": 2}),
    "69-union-of-numbers": ("Mixed", [1, 2.0, 2.5]),
}


@pytest.fixture(scope="module", autouse=True)
def warm(shared: Shared) -> None:
    shared.warm_up(f"outputs.py:{model}" for model, _ in OUTPUTS.values())


@pytest.mark.parametrize("case", OUTPUTS)
def test_output(shared: Serve, case: str) -> None:
    model, expected = OUTPUTS[case]
    answer = shared(f"outputs.py:{model}").predict()
    assert (answer["status"], answer["output"]) == ("succeeded", expected), answer
    assert repr(answer["output"]) == repr(expected)


@rows(167)
def test_empty_iterator(shared: Serve) -> None:
    assert shared("outputs.py:Texts").predict(count=0)["output"] == []


MISFITS = {
    "WrongType": (None, "output['b']: it should be a valid integer"),
    "WrongItem": (["one"], "valid string"),
    "NameOfFile": (None, "output: a file is returned as a cog.Path"),
    "HalfNumber": (None, "output: it should be a valid integer"),
}


@rows(69)
@pytest.mark.parametrize("model", MISFITS)
def test_output_of_another_type(shared: Serve, model: str) -> None:
    kept, words = MISFITS[model]
    answer = shared(f"outputs.py:{model}").predict()
    assert (answer["status"], answer["output"]) == ("failed", kept)
    assert words in answer["error"]


@rows(172)
@pytest.mark.parametrize("model", ["BreaksOff", "AsyncBreaksOff"])
def test_broken_off_iterator_keeps_what_it_gave(shared: Serve, model: str) -> None:
    answer = shared(f"outputs.py:{model}").predict()
    assert (answer["status"], answer["error"], answer["output"]) == ("failed", "no more", ["one"])
    assert "Traceback" in answer["logs"]
    assert "starting" in answer["logs"]


MAPPINGS: dict[str, Any] = {
    "dotdict": {"a": 1, "b": {"c": 2}},
    "magic": {"a": 1},
    "meter": {"read": 5},
    "keys": {"null": 1, "true": 2, "1.5": 3, "7": 4, "red": 5, "1": 6},
}


@pytest.mark.parametrize("name", MAPPINGS)
def test_mappings(shared: Serve, name: str) -> None:
    answer = shared("mappings.py:Mappings").predict(name=name)
    assert answer["output"] == MAPPINGS[name], answer["error"]


KEYS = {"tuple-key": "(1, 2)", "path-key": "PosixPath('a')"}


@pytest.mark.parametrize("name", KEYS)
def test_key_that_is_no_text(shared: Serve, name: str) -> None:
    answer = shared("mappings.py:Mappings").predict(name=name)
    assert answer["error"] == f"{KEYS[name]} cannot be a key in an output: keys are text or numbers"


def test_computed_fields(shared: Serve) -> None:
    assert shared("mappings.py:Computed").predict()["output"] == [{"side": 2, "area": 4}] * 2
