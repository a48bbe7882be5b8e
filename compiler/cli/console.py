"""Messages to the person at the terminal: all of them on standard error."""

import os
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click

from ..ir.diagnostic import CompileError, Diagnostic
from ..render import render


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Prints diagnostics, with colours where they are wanted."""
    click.echo(render(diagnostics, color=wants_color()), err=True, nl=False)


def wants_color() -> bool:
    """Colours only on a terminal, and not where NO_COLOR is set (https://no-color.org)."""
    if os.environ.get("NO_COLOR") or os.environ.get("COG_NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stderr.isatty()


@contextmanager
def user_errors(*, debug: bool) -> Iterator[None]:
    """Turns what went wrong into a message and exit code 1; a traceback is shown only with --debug."""
    try:
        yield
    except CompileError as error:
        show(error.diagnostics)
        raise SystemExit(1) from error
    except (click.exceptions.Exit, click.ClickException, click.Abort):
        raise
    except BrokenPipeError as error:
        sys.stdout = None  # the reader of our output is gone: nothing may flush into it
        raise SystemExit(1) from error
    except OSError as error:
        click.echo(f"error: {error}", err=True)
        raise SystemExit(1) from error
    except Exception as error:
        if debug:
            traceback.print_exc()
        message = f"error: cogc failed on its own account: {type(error).__name__}: {error}\nPlease report it; "
        click.echo(message + "`cogc --debug …` shows where it happened.", err=True)
        raise SystemExit(1) from error
