"""The dataclasses of the wheel, which are written out, against those that `dataclasses` makes."""

import copy
import dataclasses
import pickle
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from cogc.written_out import written_out

ROOT = Path(__file__).parents[2]
MODULES = sorted([*ROOT.glob("compiler/**/*.py"), *ROOT.glob("runtime/cog/signature/*.py")])
RECORDS = '''
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Frozen:
    """What most of ours are."""

    text: str
    number: int = 3
    others: tuple["Frozen", ...] = ()

    @property
    def length(self) -> int:
        return len(self.text)


@dataclass(frozen=True)
class Cached:
    text: str = field(repr=False)
    number: int = field(default=3)
    # a comment between the fields
    others: tuple["Cached", ...] = ()

    @cached_property
    def length(self) -> int:
        return len(self.text)


@dataclass(slots=True)
class Mutable:
    text: str
    number: int = 3
    others: list[str] = field(default_factory=lambda: [])


@dataclass
class Plain:
    text: str
    number: int = 3
    others: list[str] = field(
        default_factory=list,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Identical:
    text: str
    number: int = 3


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    text: T
    number: int = 3

    def __post_init__(self) -> None:
        if self.number > 5:
            raise ValueError("too many")

    def __str__(self) -> str:
        return f"{self.text}!"


@dataclass(frozen=True, slots=True)
class Nothing:
    """Without a field."""


@dataclass(frozen=True, slots=True)
class Worded:
    text: str
    number: int = 3

    def __repr__(self) -> str:
        return "in its own words"
'''
NAMES = ["Frozen", "Cached", "Mutable", "Plain", "Identical", "Checked", "Nothing", "Worded"]


def _module(name: str, source: str) -> ModuleType:
    made = ModuleType(name)
    sys.modules[name] = made  # where pickle looks for it
    exec(compile(source, name, "exec"), made.__dict__)
    return made


USUAL = _module("records_usual", RECORDS)
WRITTEN = _module("records_written", written_out(RECORDS, "cogc.records"))


def _outcome(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except Exception as error:
        return type(error)


def _two(kind: Any) -> tuple[Any, Any]:
    return (kind(), kind()) if kind.__name__ == "Nothing" else (kind("a", number=4), kind("a"))


ACTS: dict[str, Callable[[Any], Any]] = {
    "repr": lambda kind: repr(_two(kind)),
    "str": lambda kind: str(_two(kind)[0]),
    "missing": lambda kind: repr(kind()),
    "too many": lambda kind: kind("a", 3, (), 1),
    "unknown": lambda kind: kind("a", other=1),
    "refused": lambda kind: kind("a", 6).number,
    "equal": lambda kind: (_two(kind)[0] == _two(kind)[0], _two(kind)[0] == _two(kind)[1], kind("a") == "a"),
    "order": lambda kind: kind("a") < kind("b"),
    "hash": lambda kind: len({kind("a"), kind("a"), kind("b")}),
    "set": lambda kind: setattr(_two(kind)[0], kind.__match_args__[0], 1),
    "delete": lambda kind: delattr(_two(kind)[0], kind.__match_args__[0]),
    "slots": lambda kind: (hasattr(_two(kind)[0], "__dict__"), getattr(kind, "__slots__", None)),
    "match": lambda kind: kind.__match_args__,
    "fields": lambda kind: [(field.name, field.default) for field in dataclasses.fields(kind)],
    "fields of one": lambda kind: [field.name for field in dataclasses.fields(_two(kind)[0])],
    "asdict": lambda kind: dataclasses.asdict(_two(kind)[1]),
    "is dataclass": lambda kind: dataclasses.is_dataclass(kind),
    "replace": lambda kind: repr(dataclasses.replace(_two(kind)[0], number=5)),
    "replace by ours": lambda kind: repr(sys.modules[kind.__module__].replace(_two(kind)[0], number=5)),
    "replace unknown": lambda kind: sys.modules[kind.__module__].replace(_two(kind)[0], another=5),
    "copy": lambda kind: repr(copy.deepcopy(_two(kind)[0])),
    "pickle": lambda kind: repr(pickle.loads(pickle.dumps(_two(kind)[0]))),
    "no sharing": lambda kind: kind("a").others is kind("a").others,
    "cached": lambda kind: (kind("abc").length, kind("abc").length),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("name", NAMES)
def test_it_does_the_same(name: str, act: str) -> None:
    usual, written = (_outcome(partial(ACTS[act], vars(module)[name])) for module in (USUAL, WRITTEN))
    assert written == usual


def test_the_decorator_is_gone() -> None:
    assert "dataclass(" not in written_out(RECORDS, "cogc.records")


@pytest.mark.parametrize(
    "source",
    [
        "class A(B):\n    x: int\n",
        "class A:\n    x: ClassVar[int] = 1\n",
        "class A:\n    x: int = field(compare=False)\n",
    ],
)
def test_what_ours_do_not_use_stays_as_it_is(source: str) -> None:
    whole = f"from dataclasses import dataclass, field\n\n\n@dataclass(frozen=True)\n{source}"
    assert source in written_out(whole, ".records")
    assert "import dataclass, field" in written_out(whole, ".records")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_all_of_ours_are_written_out(path: Path) -> None:
    made = written_out(path.read_text("utf-8"), "..records")
    compile(made, str(path), "exec")
    assert "\n@dataclass" not in made


def test_what_is_written_out_stays_as_it_is() -> None:
    once = written_out(RECORDS, "cogc.records")
    assert written_out(once, "cogc.records") == once
