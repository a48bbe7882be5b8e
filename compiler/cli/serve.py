"""cogc serve: the project's prediction API, on its own environment."""

from dataclasses import replace
from pathlib import Path

import click

from ..deliver import local_server
from ..deliver.container import serve_in_front
from ..deliver.local import prepare
from ..ir.codes.delivery import CONTAINER_FAILED
from ..ir.diagnostic import CompileError
from ..ir.recipe import PORT
from .building import Building, Project, build_options
from .console import show
from .project import config_option, folder_option
from .running import Running, local_option, mounted, open_model, run_options
from .weights_shown import link_weights

# Exit codes of a server that was told to stop: by us, by Ctrl-C in its own terminal, by SIGTERM.
_STOPPED = (0, 130, 143, -15)


@click.command("serve")
@click.option(
    "-p", "--port", type=click.IntRange(1, 65535), default=8393, show_default=True, help="The port to serve on."
)
@click.option("--host", "address", default="127.0.0.1", show_default=True, help="The address to serve on.")
@run_options
@local_option
@folder_option
@config_option
@build_options
def command(
    port: int, address: str, running: Running, local: bool, folder: Path | None, config: str, how: Building
) -> None:
    """Serves predictions of the project over HTTP until it is stopped with Ctrl-C."""
    project = open_model(folder, config)
    code = (_serve_local if local else _serve)(project, how, running, (address, port))
    if code not in _STOPPED:
        raise CompileError([CONTAINER_FAILED.bare(f"the server ended with exit code {code}; the lines above say why")])


def _serve(project: Project, how: Building, running: Running, place: tuple[str, int]) -> int:
    served = replace(mounted(project, how, running), publish=(f"{_bracketed(place[0])}:{place[1]}:{PORT}",))
    _tell(place)
    return serve_in_front(served)


def _serve_local(project: Project, how: Building, running: Running, place: tuple[str, int]) -> int:
    link_weights(project)
    made = prepare(project.folder, project.recipe)
    show((made.differences(),))
    _tell(place)
    return local_server.serve_in_front(made, running.environment, *place)


def _tell(place: tuple[str, int]) -> None:
    click.echo(f"Serving at http://{_bracketed(place[0])}:{place[1]} — stop it with Ctrl-C.", err=True)


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address
