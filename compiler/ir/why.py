"""Why: the reason of a decision or of a cut. Nothing is decided or removed without one."""

from dataclasses import dataclass

from .source import Span


@dataclass(frozen=True, slots=True)
class Written:
    """The user wrote it, at this place."""

    span: Span
    text: str = ""


@dataclass(frozen=True, slots=True)
class Default:
    """Nothing speaks for another value; `rule` says in a sentence which rule picked this one."""

    rule: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of the compatibility database says so; `line` is the row's line number, from 1."""

    file: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Derived:
    """It follows from other reasons."""

    text: str
    premises: tuple["Why", ...]

    def __post_init__(self) -> None:
        if not self.premises:
            raise ValueError("what is derived has premises")


Why = Written | Default | Fact | Derived
