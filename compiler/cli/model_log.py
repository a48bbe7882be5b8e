"""Where the log of a model goes that runs for one prediction or training."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from ..ir.codes.delivery import MODEL_LOG
from .console import show
from .format_option import chosen_format


@contextmanager
def model_log() -> Iterator[Callable[[str], None]]:
    """To a person as it comes; to a program that reads diagnostics as one of them, at the end."""
    if chosen_format() != "text":
        with _gathered() as hear:
            yield hear
        return
    last = ["\n"]

    def hear_now(text: str) -> None:
        last[0] = text[-1:] or last[0]
        click.echo(text, err=True, nl=False)

    yield hear_now
    if last[0] != "\n":
        click.echo(err=True)


@contextmanager
def _gathered() -> Iterator[Callable[[str], None]]:
    pieces: list[str] = []
    try:
        yield pieces.append
    finally:
        if log := "".join(pieces).strip():
            show((MODEL_LOG.bare(log),))
