"""Which changes of a model's interface break its clients: a table of pairs."""

import pytest

from cogc.changes.api import api_changes
from cogc.contract import Parameter, Signature, Type

from ..frontend.projects import spec

HEAD = "from typing import *\nfrom cog import *\n\nclass P(BasePredictor):\n    def predict(self, {}) -> {}: ...\n"
SAME: list[tuple[str, bool]] = []


def _signature(inputs: str, output: str = "str") -> Signature:
    predict = spec("predict: predict.py:P", predict_py=HEAD.format(inputs, output)).predict
    assert predict is not None
    return predict.signature


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a: str", "a: str", SAME),
        ("a: str, b: int = 1", "a: str", [("input b was removed", True)]),
        ("a: str", "a: str, b: int", [("input b is new, and required", True)]),
        ("a: str", "a: str, b: int = 1", [("input b is new, and optional", False)]),
        ("a: str", "a: str, b: Optional[int]", [("input b is new, and optional", False)]),
        ("a: str", "a: str = 'x'", [("input a became optional", False)]),
        ("a: str = 'x'", "a: str", [("input a became required", True)]),
        ("a: str = 'x'", "a: str = 'y'", [("input a has the default 'y', not 'x'", False)]),
        ("a: int", "a: float", [("input a takes a number, not a whole number", False)]),
        ("a: float", "a: int", [("input a takes a whole number, not a number", True)]),
        ("a: str", "a: int", [("input a takes a whole number, not text", True)]),
        ("a: Path", "a: File", [("input a takes a file, not a file", False)]),
        (
            "a: List[int]",
            "a: List[float]",
            [("input a takes a list (of a number), not a list (of a whole number)", False)],
        ),
        (
            "a: List[float]",
            "a: List[int]",
            [("input a takes a list (of a whole number), not a list (of a number)", True)],
        ),
        ("a: int = Input(ge=1)", "a: int = Input(ge=0)", [("input a must be at least 0, not 1", False)]),
        ("a: int = Input(ge=1)", "a: int = Input(ge=2)", [("input a must be at least 2, not 1", True)]),
        ("a: int", "a: int = Input(le=9)", [("input a must be at most 9, which is new", True)]),
        ("a: int = Input(le=9)", "a: int", [("input a need no longer be at most 9", False)]),
        (
            "a: str = Input(max_length=9)",
            "a: str = Input(max_length=8)",
            [("input a must be no longer than 8, not 9", True)],
        ),
        ("a: str", "a: str = Input(regex='x')", [("input a must fit 'x'", True)]),
        ("a: str = Input(regex='x')", "a: str", [("input a fits any text", False)]),
        ("a: str", "a: str = Input(choices=['x', 'y'])", [("input a takes only 'x', 'y'", True)]),
        ("a: str = Input(choices=['x'])", "a: str", [("input a takes any value, not only its choices", False)]),
        (
            "a: str = Input(choices=['x', 'y'])",
            "a: str = Input(choices=['y', 'z'])",
            [("input a no longer takes 'x'", True), ("input a takes 'z', too", False)],
        ),
        (
            "**rest",
            "a: str = 'x'",
            [("input a is new, and optional", False), ("inputs of any other name are no longer taken", True)],
        ),
    ],
)
def test_inputs(before: str, after: str, expected: list[tuple[str, bool]]) -> None:
    found = api_changes(_signature(before), _signature(after), "predict")
    assert [(f"{change.subject} {change.text}", change.breaking) for change in found] == expected


@pytest.mark.parametrize(
    ("before", "after", "breaking"),
    [
        ("str", "int", [True]),
        ("float", "int", [False]),
        ("int", "float", [True]),
        ("Optional[str]", "str", [False]),
        ("str", "Optional[str]", [True]),
        ("List[str]", "Iterator[str]", [True]),
        ("Any", "str", [False]),
        ("Iterator[str]", "ConcatenateIterator[str]", [True]),
        ("str", "str", []),
    ],
)
def test_outputs(before: str, after: str, breaking: list[bool]) -> None:
    found = api_changes(_signature("a: str", before), _signature("a: str", after), "predict")
    assert [change.breaking for change in found] == breaking


@pytest.mark.parametrize(
    ("before", "after", "breaking"), [(True, False, [True]), (False, True, [False]), (False, False, [])]
)
def test_endpoints(before: bool, after: bool, breaking: list[bool]) -> None:
    signature = Signature((Parameter("a", Type("str")),), Type("str"))
    found = api_changes(signature if before else None, signature if after else None, "train")
    assert [change.breaking for change in found] == breaking
