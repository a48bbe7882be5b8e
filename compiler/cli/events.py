"""`--progress json`: whatever a command that builds says itself is an object a line on standard error."""

import json
from typing import Any

import click

from .format_option import chosen_format

_KEY = "cogc.progress"


def choose_progress(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """For the option itself: what is said outside of the build has to know it, too."""
    context.meta[_KEY] = value
    return value


def are_events() -> bool:
    """Not with another `--format`, which is one document."""
    context = click.get_current_context(silent=True)
    return context is not None and context.meta.get(_KEY) == "json" and chosen_format() == "text"


def write_event(data: dict[str, Any]) -> None:
    click.echo(json.dumps(data, ensure_ascii=False), err=True)
