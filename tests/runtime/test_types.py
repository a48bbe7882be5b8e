"""Types beyond the plain ones, into the model and out of it; see rows.py."""

from typing import Any

import pytest

from .conftest import Serve, Shared
from .rows import rows

RED = "<Colour.RED: 'red'>"
MASK = "**********"
ONE_FILE = "data:text/plain;base64,eA=="

RECEIVED: dict[str, tuple[str, Any, str]] = {
    "169-enum": ("colour", "red", RED),
    "169-enum-of-int": ("level", 2, "<Level.HIGH: 2>"),
    "169-enums": ("colours", ["red"], f"[{RED}]"),
    "169-moment": ("when", "2024-01-02T03:04:05", "datetime.datetime(2024, 1, 2, 3, 4, 5)"),
    "169-moment-in-utc": (
        "when",
        "2024-01-02T03:04:05Z",
        "datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)",
    ),
    "169-moment-with-offset": (
        "when",
        "2024-01-02 03:04:05.5+01:00",
        "datetime.datetime(2024, 1, 2, 3, 4, 5, 500000, tzinfo=datetime.timezone(datetime.timedelta(seconds=3600)))",
    ),
    "169-midnight": ("when", "2024-01-02", "datetime.datetime(2024, 1, 2, 0, 0)"),
    "169-day": ("day", "2024-01-02", "datetime.date(2024, 1, 2)"),
    "169-set": ("unique", [2, 1, 2], "[1, 2]"),
    "169-frozen-set": ("frozen", ["b", "a"], "['a', 'b']"),
    "169-tuple": ("pair", [1, "a"], "(1, 'a')"),
    "169-tuple-of-enums": ("many", ["red", "red"], f"({RED}, {RED})"),
    "106-sequence": ("sequence", ["a"], "['a']"),
    "108-typed-dict": (
        "options",
        {"when": "2024-01-02", "colour": "red"},
        f"{{'when': datetime.date(2024, 1, 2), 'colour': {RED}}}",
    ),
    "108-typed-dict-with-less": ("options", {"when": "2024-01-02"}, "{'when': datetime.date(2024, 1, 2)}"),
    "108-dict-of-enums": ("named", {"a": "red"}, f"{{'a': {RED}}}"),
    "103-left-out": ("when", None, "None"),
}


@pytest.mark.parametrize("case", RECEIVED)
def test_received(shared: Serve, case: str) -> None:
    name, given, received = RECEIVED[case]
    answer = shared("typed.py:Inputs").predict(**{name: given})
    assert answer["status"] == "succeeded", answer
    assert answer["output"][name] == received


REFUSED: dict[str, tuple[str, Any]] = {
    "169-no-member": ("colour", "green"),
    "169-no-number": ("level", 3),
    "169-no-member-in-list": ("colours", ["red", "green"]),
    "108-missing-key": ("options", {"colour": "red"}),
    "106-no-list": ("unique", 1),
    "169-no-moment": ("when", "soon"),
    "169-number-for-a-moment": ("when", 1704164645),
    "169-moment-that-never-was": ("when", "2024-01-02T25:00:00Z"),
    "169-day-that-never-was": ("day", "2024-02-30"),
    "169-moment-for-a-day": ("day", "2024-01-02T03:04:05"),
    "169-no-day-in-an-object": ("options", {"when": "soon"}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(shared: Serve, case: str) -> None:
    name, given = REFUSED[case]
    detail = shared("typed.py:Inputs").predict(expect=422, **{name: given})["detail"]
    assert detail[0]["loc"][:3] == ["body", "input", name]


def test_defaults_that_are_dates(shared: Serve) -> None:
    answer = shared("typed.py:Inputs").predict()
    assert (answer["input"]["since"], answer["input"]["until"]) == ("2024-01-31", "2024-12-31T23:59:00")
    assert (answer["output"]["since"], answer["output"]["until"]) == (
        "datetime.date(2024, 1, 31)",
        "datetime.datetime(2024, 12, 31, 23, 59)",
    )


@rows(131, 133)
def test_secrets_inside_of_containers(shared: Serve) -> None:
    server = shared("typed.py:Inputs")
    answer = server.predict(tokens=["hush"], keys={"a": "hush"})
    assert (answer["output"]["tokens"], answer["output"]["keys"]) == (
        f"[Secret('{MASK}')]",
        f"{{'a': Secret('{MASK}')}}",
    )
    assert (answer["input"]["tokens"], answer["input"]["keys"]) == ([MASK], {"a": MASK})
    assert "hush" not in server.client.post("/predictions", json={"input": {"tokens": ["hush", 1]}}).text
    assert "hush" not in server.log.read_text()


@rows(159)
def test_files_inside_of_a_dict(shared: Serve) -> None:
    shown = shared("typed.py:Inputs").predict(files={"a": ONE_FILE})["output"]["files"]
    assert shown.startswith("{'a': Path(")


RETURNED: dict[str, tuple[str, Any]] = {
    "155-model": ("AsModel", {"colour": "blue", "when": "2024-01-02T03:04:05", "note": None}),
    "170-typed-dict": ("AsTypedDict", {"points": [{"x": 1, "y": 2.5, "path": None}], "level": 2}),
    "170-typed-dict-with-less": ("AsLooseDict", {"note": "x"}),
    "169-enum": ("AsEnum", "red"),
    "170-dataclass": ("AsDataclass", {"x": 1, "y": 2, "path": None}),
    "169-set": ("AsSet", ["a"]),
    "169-date": ("AsDate", "2024-01-02"),
    "169-numpy": ("AsNumpy", [0.5, 1.5]),
}


@pytest.fixture(scope="module", autouse=True)
def warm(shared: Shared) -> None:
    shared.warm_up(f"typed.py:{model}" for model, _ in RETURNED.values())


@pytest.mark.parametrize("case", RETURNED)
def test_returned(shared: Serve, case: str) -> None:
    model, expected = RETURNED[case]
    answer = shared(f"typed.py:{model}").predict()
    assert (answer["status"], answer["output"]) == ("succeeded", expected), answer


@rows(170, 171)
def test_models_of_pydantic_itself(shared: Serve) -> None:
    expected = {"inner": {"n": 1}, "more": [{"n": 2}], "named": {"a": {"n": 3}}, "absent": None}
    assert shared("pydantics.py:Foreign").predict()["output"] == expected


WITHOUT_PYDANTIC: dict[str, Any] = {"inner": {"n": 1}, "more": [], "note": None, "later": 2, "file": ONE_FILE}


@rows(155, 156)
def test_models_without_pydantic(shared: Serve) -> None:
    server = shared("bare.py:Bare")
    assert server.predict()["output"] == WITHOUT_PYDANTIC
    assert server.predict(more=3)["output"]["more"] == [{"n": 0}, {"n": 1}, {"n": 2}]
    assert server.predict()["output"]["more"] == []
    assert server.predict(forget=True)["error"] == "the field 'inner' is required"
    fields = server.get("/openapi.json")["components"]["schemas"]["Output"]
    assert (set(fields["properties"]), fields["required"]) == (set(WITHOUT_PYDANTIC), ["inner", "later"])


@rows(170)
def test_special_models_of_pydantic_2(shared: Serve) -> None:
    assert shared("pydantics.py:Special").predict()["output"] == [{"known": 1, "unknown": 2}, [1, 2], {"text": "X"}]
