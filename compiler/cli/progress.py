"""How far a build is: a status line on a terminal, a line for each finished step elsewhere, or JSON."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from ..backends.buildkit import Event
from ..deliver.engine import Hear, Watch
from .events import write_event
from .steps import ToldStep, told_step

if TYPE_CHECKING:
    from rich.status import Status

CHOICES = ("auto", "json", "plain", "quiet", "tty")

Say = Callable[[str], None]


def default_progress() -> str:
    """BUILDKIT_PROGRESS as for docker; a terminal that can only print lines gets lines."""
    wanted = os.environ.get("BUILDKIT_PROGRESS", "auto")
    if wanted not in CHOICES or os.environ.get("TERM") == "dumb":
        return "plain" if os.environ.get("TERM") == "dumb" else "auto"
    return wanted


@contextmanager
def watching(image: str, steps: tuple[ToldStep, ...], progress: str) -> Iterator[tuple[Watch, Hear]]:
    """Two ears for a build of `image`: one for its events, one for the client's lines."""
    what = f"Building {image}:"
    if progress == "json":
        yield Report(steps, write_event), _nothing
    elif progress in ("plain", "tty"):  # whose display needs a terminal
        yield _nothing, lambda line: click.echo(line, err=True)
    elif progress == "quiet":
        yield _nothing, _nothing
    elif sys.stderr.isatty() and not os.environ.get("CI"):
        from rich.console import Console

        with Console(stderr=True).status(what) as status:
            yield Steps(steps, finished=_above(status), current=_beside(status, what)), _nothing
    else:
        click.echo(what, err=True)
        yield Steps(steps, finished=lambda line: click.echo(f"  {line}", err=True), current=_nothing), _nothing


def _nothing(_: object) -> None:
    pass


def _above(status: "Status") -> Say:
    return lambda line: status.console.print(f"  {line}", style="dim", markup=False, highlight=False)


def _beside(status: "Status", what: str) -> Say:
    from rich.text import Text

    return lambda title: status.update(Text(f"{what} {title}"))


@dataclass(slots=True)
class Steps:
    """Follows the events of one build, each step under the title that the recipe gives it.

    A step that was found in the cache is not worth a line.
    """

    steps: tuple[ToldStep, ...]
    finished: Say
    current: Say
    running: dict[int, ToldStep] = field(default_factory=dict)

    def __call__(self, event: Event) -> None:
        if event.kind == "started" and (step := told_step(self.steps, event.text)):
            self.running[event.vertex] = step
            self.current(f"{step.title} …")
        if event.kind == "done" and (step := self.running.get(event.vertex)):
            self.finished(f"{step.title} ({event.text} s)" + (f": {step.cause}" if step.cause else ""))


@dataclass(slots=True)
class Report:
    """The same as one JSON object for each event, steps from the cache and their output too."""

    steps: tuple[ToldStep, ...]
    write: Callable[[dict[str, object]], None]
    running: dict[int, ToldStep] = field(default_factory=dict)

    def __call__(self, event: Event) -> None:
        if event.kind == "started" and (step := told_step(self.steps, event.text)):
            self.running[event.vertex] = step
        if (step := self.running.get(event.vertex)) is not None:
            self.write({"event": event.kind, "step": step.title, **_details(event, step)})


def _details(event: Event, step: ToldStep) -> dict[str, object]:
    match event.kind:
        case "output":
            return {"text": event.text}
        case "done":
            return {"seconds": float(event.text), "cause": step.cause}
        case "failed":
            return {"reason": event.text}
    return {}
