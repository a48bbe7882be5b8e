"""cogc run: a command in the project's environment, with the project's folder as its own."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from ..deliver.container import run_in_front
from ..frontend.load import load_environment
from .building import Building, build_options, open_project
from .project import config_option, folder_option
from .running import Running, mounted, run_options
from .weights_shown import without_missing_weights


@click.command("run", context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("words", metavar="COMMAND [ARGS]...", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option(
    "-p",
    "--publish",
    "ports",
    metavar="PORT",
    multiple=True,
    help="A port of the command to open on this machine, as PORT or HOST_PORT:PORT; may be repeated.",
)
@run_options
@folder_option
@config_option
@build_options
def command(
    words: tuple[str, ...], ports: tuple[str, ...], running: Running, folder: Path | None, config: str, how: Building
) -> None:
    """Runs COMMAND in a container of the project's environment, with the project mounted.

    The predictor need not be right, nor there.
    """
    project = without_missing_weights(open_project(folder, config, load_environment))
    made = mounted(project, how, running)
    interactive = ("--interactive", "--tty") if sys.stdin.isatty() and sys.stdout.isatty() else ("--interactive",)
    options = (*made.options, *interactive)
    asked = replace(made, publish=tuple(map(_published, ports)), options=options, command=words)
    if code := run_in_front(asked):
        click.echo(f"The command ended with exit code {code}.", err=True)
        raise SystemExit(1)


def _published(port: str) -> str:
    """On this machine only; `8888` is opened under the same number."""
    host, _, inner = port.rpartition(":")
    return f"127.0.0.1:{host or inner}:{inner}"
