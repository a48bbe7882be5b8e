"""cogc run: a command in the project's environment, with the project's folder as its own."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from ..deliver.container import run_in_front
from ..deliver.ports import require_free_for_engine
from ..frontend.load import load_environment
from .building import Building, build_options, open_project
from .console import say
from .project import config_option, folder_option
from .running import Running, mounted, run_options
from .weights_shown import without_missing_weights

_LOOPBACK = "127.0.0.1"
_HIGHEST_PORT = 65535

Published = tuple[int, int]


def _published(context: click.Context, parameter: click.Parameter, ports: tuple[str, ...]) -> tuple[Published, ...]:
    return tuple(map(_port, ports))


def _port(text: str) -> Published:
    """On this machine, and of the command; `8888` is opened under the same number."""
    host, _, inner = text.rpartition(":")
    numbers = tuple(int(part) if part.isdecimal() else 0 for part in (host or inner, inner))
    if not all(0 < number <= _HIGHEST_PORT for number in numbers):
        raise click.BadParameter(f"{text!r} is neither PORT nor HOST_PORT:PORT")
    return numbers[0], numbers[1]


@click.command("run", context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("words", metavar="COMMAND [ARGS]...", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option(
    "-p",
    "--publish",
    "ports",
    metavar="PORT",
    multiple=True,
    callback=_published,
    help="A port of the command to open on this machine, as PORT or HOST_PORT:PORT; may be repeated.",
)
@run_options
@folder_option
@config_option
@build_options
def command(
    words: tuple[str, ...], ports: tuple[Published, ...], running: Running, folder: Path | None, config: str,
    how: Building,
) -> None:  # fmt: skip
    """Runs COMMAND in a container of the project's environment, with the project mounted.

    The predictor need not be right, nor there. The exit code is that of COMMAND.
    """
    project = without_missing_weights(open_project(folder, config, load_environment))
    for port, _ in ports:
        require_free_for_engine(_LOOPBACK, port)
    made = mounted(project, how, running)
    interactive = ("--interactive", "--tty") if sys.stdin.isatty() and sys.stdout.isatty() else ("--interactive",)
    say(f"Running '{' '.join(words)}' in the environment, with {project.folder} mounted…")
    code = run_in_front(
        replace(
            made, publish=tuple(f"{_LOOPBACK}:{port}:{inner}" for port, inner in ports),
            options=(*made.options, *interactive), command=words,
        )
    )  # fmt: skip
    if code:
        say(f"The command ended with exit code {code}.")
        raise SystemExit(code)
