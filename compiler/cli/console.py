"""Messages to the person at the terminal, or to the program that reads in a person's place."""

import errno
import os
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click

from ..formats import DOCUMENTS, renderer
from ..formats.text import render
from ..ir.codes.building import DISK_FULL
from ..ir.codes.commands import COMPILER_FAILED, FILE_ACCESS
from ..ir.diagnostic import CompileError, Diagnostic
from .events import are_events, write_event
from .format_option import chosen_format

_KEY = "cogc.messages"


@dataclass(slots=True)
class Messages:
    """What one run has to tell.

    `folder` is where the project lies, as seen from here. `kept` waits for the end of the run: a format that is
    one document is written once.
    """

    folder: str = ""
    on_stderr: bool = True
    kept: list[Diagnostic] = field(default_factory=list)


def messages() -> Messages:
    """Those of this run; its commands share them."""
    found: Messages = click.get_current_context().meta.setdefault(_KEY, Messages())
    return found


def locate(folder: Path) -> None:
    """The paths of diagnostics count from this folder; annotations need them from where the command was called."""
    messages().folder = Path(os.path.relpath(folder)).as_posix()


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Tells diagnostics, in the format that was asked for."""
    how, name = messages(), chosen_format()
    if name in DOCUMENTS:
        how.kept.extend(diagnostics)
    elif are_events():
        from ..formats.json import data_of

        for diagnostic in diagnostics:
            write_event({"event": "diagnostic", **data_of(diagnostic, how.folder)})
    else:
        click.echo(_lines(diagnostics, name), err=how.on_stderr, nl=False)


def _lines(diagnostics: Iterable[Diagnostic], name: str) -> str:
    if name == "text":
        return render(diagnostics, color=wants_color())
    return renderer(name)(diagnostics, messages().folder)


def say(text: str) -> None:
    """What only a person wants to know; a program that reads diagnostics finds nothing else."""
    if are_events():
        write_event({"event": "message", "text": text})
    elif chosen_format() == "text":
        click.echo(text, err=True)


def finish() -> None:
    """At the end of a run: the document, for the formats that are one; it may be one without results."""
    how, name = messages(), chosen_format()
    if name in DOCUMENTS:
        click.echo(renderer(name)(how.kept, how.folder), err=how.on_stderr, nl=False)


def wants_color() -> bool:
    """Colours only on a terminal, and not where NO_COLOR is set (https://no-color.org)."""
    if os.environ.get("NO_COLOR") or os.environ.get("COG_NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    stream = sys.stderr if messages().on_stderr else sys.stdout
    return stream.isatty()


@contextmanager
def user_errors(*, debug: bool) -> Iterator[None]:
    """Turns what went wrong into a message and exit code 1; a traceback is shown only with --debug."""
    try:
        yield
    except (click.exceptions.Exit, click.ClickException, click.Abort):
        raise
    except BrokenPipeError as error:
        sys.stdout = None  # the reader of our output is gone: nothing may flush into it
        raise SystemExit(1) from error
    except SystemExit:
        finish()
        raise
    except Exception as error:
        if debug and not isinstance(error, CompileError):
            traceback.print_exc()
        show(_diagnostics(error))
        finish()
        raise SystemExit(1) from error
    finish()


def _diagnostics(error: Exception) -> tuple[Diagnostic, ...]:
    if isinstance(error, CompileError):
        return error.diagnostics
    if isinstance(error, OSError):
        return (_of_file(error),)
    message = f"cogc failed on its own account: {type(error).__name__}: {error}"
    return (COMPILER_FAILED.bare(message, help="please report it; `cogc --debug …` shows where it happened"),)


def unwritable(error: OSError) -> str:
    """The text about an error, for where no command is running."""
    return render((_of_file(error),)).rstrip()


def _of_file(error: OSError) -> Diagnostic:
    message = f"{error.filename}: {error.strerror}" if error.filename else str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DISK_FULL.bare(message, help="make room on that disk; `cogc build` needs some in the project's folder")
    return FILE_ACCESS.bare(message, help="check the path, whose it is and what is allowed there (`ls -ld`)")
