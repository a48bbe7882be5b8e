"""The command line; the only place that prints."""

import importlib
from typing import Any

import click

from ..version import __version__
from .format_option import format_option
from .group import NearGroup

_COMMANDS = {
    "init": "write a new, annotated project",
    "compile": "write the Dockerfile, the plan or another stage",
    "explain": "say why a version was picked, or what a diagnostic means",
    "schema": "print the OpenAPI document, from source alone",
    "doctor": "look over a project, and put right what is safe",
    "diff": "say what changed in meaning between two projects or revisions",
    "impact": "say which steps a change of a file or key repeats",
    "db": "show, check or update the compatibility database",
    "build": "build an image of the project",
    "push": "build the image and push it to a registry",
    "login": "log in to a registry",
    "inspect": "say what is in an image, without starting it",
    "serve": "serve the prediction API",
    "predict": "make one prediction",
    "train": "train the model, and write the weights",
    "weights": "import, push, pull and look over the files of a model beside its image",
    "run": "run a command in the project's environment",
    "completion": "print the completion script of a shell",
}
# Names of other releases of the documented tool, which no list shows.
_ALIASES = {"debug": "compile", "exec": "run"}


class _Group(NearGroup):
    """Commands are imported when they are called: `compile` never waits for what only `build` needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = _ALIASES.get(cmd_name, cmd_name)
        if name not in _COMMANDS:
            return None
        module = importlib.import_module(f".{name}", __name__)
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        from .console import user_errors

        with user_errors(debug=ctx.params["debug"]):
            return super().invoke(ctx)


@click.group(cls=_Group, context_settings={"help_option_names": ["--help", "-h"]})
@click.version_option(__version__, prog_name="cogc")
@format_option
@click.option("--debug", is_flag=True, help="Show where an error of cogc itself happened.")
def main(debug: bool) -> None:
    """Compiles cog.yaml and a Python predictor into a container image that serves predictions."""
