"""`--format`: how diagnostics are told. Apart from the rest, so that `cogc --version` waits for nothing else."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

CHOICES = ("text", "json", "sarif", "github")
_KEY = "cogc.format"


def format_option(command: Command) -> Command:
    """Adds `--format`, which may stand before a command's name and after it."""
    return click.option(
        "--format", "format_", type=click.Choice(CHOICES), expose_value=False, callback=_choose,
        help="How diagnostics are told: text (default), json, sarif, github.",
    )(command)  # fmt: skip


def chosen_format() -> str:
    context = click.get_current_context(silent=True)
    return "text" if context is None else str(context.meta.get(_KEY, "text"))


def _choose(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.meta[_KEY] = value
