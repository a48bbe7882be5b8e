"""cogc serve: the project's prediction API, on its own environment."""

from dataclasses import replace

import click

from ..backends import docker
from ..deliver import local_server
from ..deliver.container import serve_in_front
from ..deliver.local import prepare
from ..deliver.ports import require_free, require_free_for_engine
from ..ir.codes.delivery import CONTAINER_FAILED
from ..ir.diagnostic import CompileError
from ..ir.recipe import PORT
from .building import Building, Project, build_options
from .console import say, show
from .running import Running, Source, mounted, open_model, run_options, source_options
from .weights_shown import link_weights

# Exit codes of a server that was told to stop: by us, by Ctrl-C in its own terminal, by SIGTERM.
_STOPPED = (0, 130, 143, -15)
_KILLED = (137, -9)

Place = tuple[str, int]
Options = tuple[str, ...]


@click.command("serve")
@click.option(
    "-p", "--port", type=click.IntRange(1, 65535), default=8393, show_default=True, help="The port to serve on."
)
@click.option("--host", "address", default="127.0.0.1", show_default=True, help="The address to serve on.")
@click.option("--reload", "reloading", is_flag=True, help="Load the model again whenever a Python file changes.")
@click.option(
    "--reload-include", "watched", metavar="PATTERN", multiple=True,
    help="The same, and when a file changes that fits, such as 'prompts/*.txt'; may be repeated.",
)  # fmt: skip
@click.option(
    "--upload-url", metavar="URL", help="Where output files are sent by PUT; by default they are in the answer."
)
@run_options
@source_options
@build_options
def command(
    port: int, address: str, reloading: bool, watched: tuple[str, ...], upload_url: str | None, running: Running,
    source: Source, how: Building,
) -> None:  # fmt: skip
    """Serves predictions of the project over HTTP until it is stopped with Ctrl-C."""
    project = open_model(source)
    (require_free if source.local else require_free_for_engine)(address, port)
    includes = (f"--reload-include={pattern}" for pattern in watched)
    reload = (*(("--reload",) if reloading else ()), *includes)
    options = (*reload, *(("--upload-url", upload_url) if upload_url else ()))
    code = (_serve_local if source.local else _serve)(project, how, running, (address, port), options)
    if code not in _STOPPED:
        why = "it was killed; perhaps it took too much memory" if code in _KILLED else "the lines above say why"
        raise CompileError([CONTAINER_FAILED.bare(f"the server ended with exit code {code}; {why}")])


def _serve(project: Project, how: Building, running: Running, place: Place, options: Options) -> int:
    served = replace(
        mounted(project, how, running),
        publish=(f"{_bracketed(place[0])}:{place[1]}:{PORT}",),
        command=(*docker.SERVER, *options),
    )
    _tell(place)
    return serve_in_front(served)


def _serve_local(project: Project, how: Building, running: Running, place: Place, options: Options) -> int:
    link_weights(project)
    made = prepare(project.folder, project.recipe)
    show((made.differences(),))
    _tell(place)
    return local_server.serve_in_front(made, running.environment, *place, options)


def _tell(place: Place) -> None:
    say(f"Serving at http://{_bracketed(place[0])}:{place[1]} — stop it with Ctrl-C.")


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address
