"""Validation and coercion of inputs: section 7.3 of the reference; see rows.py."""

from typing import Any

import pytest

from .conftest import Serve
from .rows import rows

ACCEPTED: dict[str, tuple[str, Any, Any]] = {
    "80-int-from-text": ("i", "3", 3),
    "81-int-from-whole-real": ("i", 2.0, 2),
    "72-int-above-64-bits": ("i", 2**70, 2**70),
    "83-float-from-int": ("f", 1, 1.0),
    "88-default-none-given": ("nothing", 3, 3),
    "89-lower-bound": ("bounded", 1, 1),
    "89-upper-bound": ("bounded", 10, 10),
    "90-length": ("short", "abcd", "abcd"),
    "91-regex-searches": ("coded", "a-1 and more", "a-1 and more"),
    "92-choice": ("word", "b", "b"),
    "93-choice-from-keys": ("keys", "y", "y"),
    "94-choice-of-int": ("number", 2, 2),
    "95-literal": ("literal", "m", "m"),
    "95-literal-int": ("literals", 2, 2),
    "96-union-text": ("text_or_texts", "a", "a"),
    "96-union-list": ("text_or_texts", ["a"], ["a"]),
    "97-union-number": ("number_or_numbers", 4, 4),
    "97-union-numbers": ("number_or_numbers", [4, 5], [4, 5]),
    "98-mixed-text": ("mixed", "a", "a"),
    "98-mixed-real": ("mixed", 1.5, 1.5),
    "98-mixed-int": ("mixed", 1, 1),
    "99-null-for-optional": ("optional", None, None),
    "99-null-for-default-none": ("nothing", None, None),
    "101-bool-stays-bool": ("truth_or_number", True, True),
    "98-whole-real-stays-real": ("integer_or_real", 2.0, 2.0),
    "98-integer-stays-integer": ("real_or_integer", 2, 2),
    "108-bare-mapping": ("bare", {"a": [1, None]}, {"a": [1, None]}),
    "106-bare-list": ("bare_list", [1, "a", {}], [1, "a", {}]),
    "106-texts": ("texts", ["a", "b"], ["a", "b"]),
    "106-numbers": ("numbers", [1, "2"], [1, 2]),
    "108-mapping": ("mapping", {"a": {"b": [1]}}, {"a": {"b": [1]}}),
    "108-mappings": ("mappings", [{"a": 1}], [{"a": 1}]),
    "108-anything": ("anything", [1, "a", None], [1, "a", None]),
    "112-url-for-text": ("s", "https://example.com/x", "https://example.com/x"),
    "115-deprecated": ("old", "new", "new"),
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_accepted(shared: Serve, case: str) -> None:
    name, given, received = ACCEPTED[case]
    answer = shared("echo.py:Typed").predict(**{name: given})
    assert answer["status"] == "succeeded", answer
    assert answer["output"][name] == received
    assert type(answer["output"][name]) is type(received)
    assert answer["input"][name] == received


REFUSED: dict[str, tuple[str, Any, str]] = {
    "79-int-from-word": ("i", "foo", "valid integer"),
    "82-int-from-real": ("i", 2.5, "valid integer"),
    "89-below": ("bounded", 0, "greater than or equal to 1"),
    "89-above": ("bounded", 11, "less than or equal to 10"),
    "90-too-short": ("short", "a", "at least 2"),
    "90-too-long": ("short", "abcde", "at most 4"),
    "91-no-match": ("coded", "1-a", "pattern"),
    "92-no-choice": ("word", "c", "'a' or 'b'"),
    "93-no-key": ("keys", "z", "'x' or 'y'"),
    "94-no-choice-of-int": ("number", 3, "1 or 2"),
    "95-no-literal": ("literal", "x", "'l' or 'm'"),
    "97-words": ("number_or_numbers", "many", "a whole number or a list (of a whole number)"),
    "98-bool": ("mixed", True, "text or a number"),
    "98-object": ("mixed", {}, "text or a number"),
    "100-bool-for-number": ("integer_or_real", True, "a whole number or a number"),
    "99-null-for-plain": ("i", None, "valid integer"),
    "70-infinity": ("f", "inf", "finite"),
    "106-item": ("numbers", [1, "x"], "valid integer"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(shared: Serve, case: str) -> None:
    name, given, words = REFUSED[case]
    answer = shared("echo.py:Typed").predict(expect=422, **{name: given})
    assert all(fault["loc"][:3] == ["body", "input", name] for fault in answer["detail"])
    assert words in answer["detail"][0]["msg"]


@rows(86, 87, 88, 98, 103, 104, 116)
def test_defaults_reach_the_model(shared: Serve) -> None:
    answer = shared("echo.py:Typed").predict()
    assert answer["output"] == answer["input"]
    assert (answer["output"]["bounded"], answer["output"]["f"], answer["output"]["numbers"]) == (5, 0.5, [])
    omitted = ("nothing", "optional", "optionals", "mixed", "anything")
    assert {answer["output"][name] for name in omitted} == {None}


@rows(84, 85, 87)
def test_all_faults_at_once(shared: Serve) -> None:
    answer = shared("echo.py:Required").predict(expect=422, third="x")
    assert [fault["loc"][-1] for fault in answer["detail"]] == ["first", "second", "third"]
    assert "input" not in answer["detail"][0]
