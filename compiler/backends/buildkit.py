"""BuildKit's plain progress: what one line of it says."""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["started", "output", "done", "cached", "failed"]


@dataclass(frozen=True, slots=True)
class Event:
    """`vertex` is BuildKit's number of a step.

    `text` is the step's name for `started`, a line for `output`, the seconds for `done`, the reason for `failed`.
    """

    kind: Kind
    vertex: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A step that failed: its name, the reason as BuildKit gives it, and what the step itself said."""

    name: str
    reason: str
    said: tuple[str, ...]


def failure(events: tuple[Event, ...]) -> Failure | None:
    """The last step with a reason; None where no step is to blame."""
    failed = next((event for event in reversed(events) if event.kind == "failed" and event.text), None)
    if failed is None:
        return None
    own = tuple(event for event in events if event.vertex == failed.vertex)
    name = next((event.text for event in own if event.kind == "started"), "its start")
    return Failure(name, failed.text, tuple(event.text for event in own if event.kind == "output"))


_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")
_SUMMARY = re.compile(
    r"^-{6}\n > (?P<name>\[.*?):\n(?P<said>.*?)^-{6}$.*^ERROR: (?P<reason>[^\n]*)", re.MULTILINE | re.DOTALL
)
_CLOCK = re.compile(r"^\d+\.\d+ ")


def plain(text: str) -> str:
    """What was drawn on a terminal, without what moves and colours it."""
    return _ESCAPE.sub("", text)


def summed_up(text: str) -> Failure | None:
    """The failure as every display tells it at the end; None where no step is to blame."""
    found = _SUMMARY.search(text)
    if found is None:
        return None
    return Failure(found["name"], found["reason"], tuple(_CLOCK.sub("", line) for line in found["said"].splitlines()))


_LINE = re.compile(r"#(?P<vertex>\d+) (?P<rest>.*)")
_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("started", re.compile(r"(\[.*)")),
    ("output", re.compile(r"\d+\.\d+ (.*)")),
    ("done", re.compile(r"DONE (\d+\.\d+)s")),
    ("cached", re.compile(r"CACHED()")),
    ("failed", re.compile(r"(?:ERROR|CANCELED):? ?(.*)")),
)
_NAME = re.compile(r"\[(?P<stage>\S+) +(?P<number>\d+)/(?P<total>\d+)\]")


def parse_line(line: str) -> Event | None:
    """None for a line that says nothing of a step."""
    if (found := _LINE.match(line)) is None:
        return None
    for kind, form in _FORMS:
        if said := form.match(found["rest"]):
            return Event(kind, int(found["vertex"]), said[1])
    return None


def place(name: str) -> tuple[str, int, int] | None:
    """Stage, number and how many there are, of a step's name such as `[model 3/10] RUN …`."""
    found = _NAME.match(name)
    return None if found is None else (found["stage"], int(found["number"]), int(found["total"]))
