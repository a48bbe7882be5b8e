"""How far a build is: a status line on a terminal, a line for each finished step elsewhere."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import click
from rich.console import Console
from rich.status import Status

from ..backends.buildkit import Event, place
from ..backends.dockerfile import STAGE
from ..deliver.engine import Watch
from .format_option import chosen_format

CHOICES = ("auto", "plain", "quiet", "tty")

# Characters of a step that is known by its instruction alone.
_LONGEST = 80

Say = Callable[[str], None]


def default_progress() -> str:
    """BUILDKIT_PROGRESS as for docker; a terminal that can only print lines gets lines."""
    wanted = os.environ.get("BUILDKIT_PROGRESS", "auto")
    if wanted not in CHOICES or os.environ.get("TERM") == "dumb":
        return "plain" if os.environ.get("TERM") == "dumb" else "auto"
    return wanted


@contextmanager
def watching(what: str, titles: tuple[str, ...], progress: str) -> Iterator[Watch]:
    """A watcher of build events for `auto` and `quiet`; `titles` are those of the last stage's steps.

    Where a program reads diagnostics from standard error, nothing else may be there.
    """
    if progress == "quiet" or chosen_format() != "text":
        yield lambda event: None
    elif sys.stderr.isatty() and not os.environ.get("CI"):
        with Console(stderr=True).status(what) as status:
            yield Steps(titles, finished=_above(status), current=_beside(status, what))
    else:
        click.echo(what, err=True)
        yield Steps(titles, finished=lambda line: click.echo(f"  {line}", err=True), current=lambda title: None)


def _above(status: Status) -> Say:
    return lambda line: status.console.print(f"  {line}", style="dim", markup=False, highlight=False)


def _beside(status: Status, what: str) -> Say:
    from rich.text import Text

    return lambda title: status.update(Text(f"{what} {title}"))


@dataclass(slots=True)
class Steps:
    """Follows the events of one build, each step under the title that the recipe gives it.

    A step that was found in the cache is not worth a line.
    """

    titles: tuple[str, ...]
    finished: Say
    current: Say
    names: dict[int, str] = field(default_factory=dict)

    def __call__(self, event: Event) -> None:
        if event.kind == "started" and (title := self._title(event.text)):
            self.names[event.vertex] = title
            self.current(title)
        if event.kind == "done" and event.vertex in self.names:
            self.finished(f"{self.names[event.vertex]} ({event.text} s)")

    def _title(self, name: str) -> str:
        """Blank for what a person need not know of, such as the base image's own line."""
        if not self.titles:
            return name[:_LONGEST] if "/" in name.partition("]")[0] else ""  # the builder's own have no number
        match place(name):
            case (stage, number, _) if stage == STAGE and 1 < number <= len(self.titles):
                return self.titles[number - 1]
            case (_, 2, _):
                return "Installer"
        return ""
