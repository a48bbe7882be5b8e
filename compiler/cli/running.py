"""What the commands that run the model share: their options, and the project they run."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ..backends import docker
from ..contract import render_openapi
from ..deliver import container
from ..deliver.client import require_runner
from ..ir.codes.delivery import NO_PREDICTOR
from ..ir.diagnostic import CompileError
from ..version import __version__
from .building import Building, Project, build_environment, open_project, with_options


@dataclass(frozen=True, slots=True)
class Running:
    """How to run: the options of `run_options`. `gpus` is None where the model decides."""

    environment: tuple[str, ...]
    gpus: str | None

    def gpus_for(self, model_uses_gpu: bool) -> str:
        """In docker's words; blank for none."""
        if self.gpus is not None:
            return self.gpus
        return "all" if model_uses_gpu else ""


_OPTIONS = (
    click.option(
        "-e", "--env", "environment", metavar="NAME=VALUE", multiple=True,
        help="A variable for the model; may be repeated.",
    ),
    click.option("--gpus", metavar="GPUS", help="GPUs to use, as for docker; all, if cog.yaml asks for a GPU."),
)  # fmt: skip

local_option = click.option(
    "--local", is_flag=True, help="On this machine, without Docker; says what differs from the image."
)


def run_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options of a container, which arrive as one parameter `running`."""

    @functools.wraps(command)
    def bundled(*, environment: tuple[str, ...], gpus: str | None, **rest: Any) -> None:
        command(running=Running(environment, gpus), **rest)

    return with_options(bundled, *_OPTIONS)


def open_model(folder: Path | None, config: str) -> Project:
    """A project that has something to serve.

    Raises CompileError (`no-predictor`, and all that stops a compile).
    """
    project = open_project(folder, config)
    if project.spec.predict is None:
        message = f"{project.spec.config.name} names no predictor"
        raise CompileError([NO_PREDICTOR.bare(message, help='add `predict: "predict.py:Predictor"`')])
    return project


def document_of(project: Project) -> dict[str, Any]:
    """The OpenAPI document, read from the project's source."""
    predict = project.spec.predict
    return render_openapi(None if predict is None else predict.signature, None, __version__)


def mounted(project: Project, how: Building, running: Running) -> docker.Container:
    """A container of the project's environment, built first, with the project mounted as its source."""
    require_runner()
    image = build_environment(project, how)
    gpus = usable(image, running.gpus_for(project.spec.uses_gpu))
    return docker.Container(image, container.fresh_name(), str(project.folder), running.environment, gpus=gpus)


def usable(image: str, gpus: str) -> str:
    """The GPUs that were asked for, or none, which is told, where the engine cannot give any."""
    found = container.usable_gpus(image, gpus)
    if gpus and not found:
        click.echo("The engine has no driver for a GPU: going on without one.", err=True)
    return found
