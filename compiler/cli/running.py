"""What the commands that run the model share: their options, and the project they run."""

import functools
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ..backends import docker
from ..deliver import container
from ..deliver.client import require_runner
from ..deliver.endpoint import PREDICTION, TRAINING, Endpoint
from ..deliver.model_cache import cache_mount, cache_variables, default_folder
from ..ir.codes.delivery import NO_PREDICTOR, NO_TRAINING
from ..ir.diagnostic import CompileError
from ..ir.openapi import openapi
from ..ir.recipe import ROOT
from ..ir.spec import Spec
from .building import Building, Project, build_environment, open_project, with_options
from .console import say
from .project import config_option, folder_option
from .weights_shown import image_mounts, weight_mounts

_NO_CACHE = "none"


@dataclass(frozen=True, slots=True)
class Source:
    """Which project, and whether it runs on this machine itself."""

    folder: Path | None
    config: str
    local: bool


@dataclass(frozen=True, slots=True)
class Running:
    """How to run: the options of `run_options`. `gpus` and `cache` are None where the model decides."""

    environment: tuple[str, ...]
    gpus: str | None
    cache: str | None

    def gpus_for(self, model_uses_gpu: bool) -> str:
        """In docker's words; blank for none."""
        if self.gpus is not None:
            return self.gpus
        return "all" if model_uses_gpu else ""

    @property
    def shares_cache(self) -> bool:
        """Whether an image that somebody else may have made gets the cache: only when told so."""
        return self.cache not in (None, _NO_CACHE)

    @property
    def cache_folder(self) -> Path:
        return Path(self.cache) if self.cache else default_folder(os.environ)


_OPTIONS = (
    click.option(
        "-e", "--env", "environment", metavar="NAME=VALUE", multiple=True,
        help="A variable for the model; may be repeated.",
    ),
    click.option("--gpus", metavar="GPUS", help="GPUs to use, as for docker; all, if cog.yaml asks for a GPU."),
    click.option(
        "--model-cache", "cache", metavar="DIR", envvar="COG_MODEL_CACHE",
        help="Where downloads of the model are kept between runs, or none; by default in your cache folder.",
    ),
)  # fmt: skip

_local_option = click.option(
    "--local", is_flag=True, help="On this machine, without Docker; says what differs from the image."
)


def run_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options of a container, which arrive as one parameter `running`."""

    @functools.wraps(command)
    def bundled(*, environment: tuple[str, ...], gpus: str | None, cache: str | None, **rest: Any) -> None:
        command(running=Running(environment, gpus, cache), **rest)

    return with_options(bundled, *_OPTIONS)


def source_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options of which project, which arrive as one parameter `source`."""

    @functools.wraps(command)
    def bundled(*, folder: Path | None, config: str, local: bool, **rest: Any) -> None:
        command(source=Source(folder, config, local), **rest)

    return with_options(bundled, _local_option, folder_option, config_option)


def open_model(source: Source, endpoint: Endpoint = PREDICTION) -> Project:
    """A project that has something to serve, or to train.

    Raises CompileError (`no-predictor`, `no-training`, and all that stops a compile).
    """
    project = open_project(source.folder, source.config)
    name = project.spec.config.name
    if endpoint is PREDICTION and project.spec.predict is None:
        advice = 'add `predict: "predict.py:Predictor"`'
        raise CompileError([NO_PREDICTOR.bare(f"{name} names no predictor", help=advice)])
    if endpoint is TRAINING and project.spec.train is None:
        raise CompileError([NO_TRAINING.bare(f"{name} names no training", help='add `train: "train.py:train"`')])
    return project


def document_of(project: Project) -> dict[str, Any]:
    """The OpenAPI document, read from the project's source."""
    return openapi(project.spec)


def mounted(project: Project, how: Building, running: Running) -> docker.Container:
    """A container of the project's environment, built first, with the project mounted as its source."""
    require_runner()
    weights = weight_mounts(project)
    image = build_environment(project, how)
    options, variables = ((), ()) if running.cache == _NO_CACHE else _cache(project.spec, running)
    gpus = _usable(image, running.gpus_for(project.spec.uses_gpu))
    environment = (*variables, *running.environment)
    return docker.Container(
        image, container.fresh_name(), str(project.folder), environment, gpus=gpus, options=(*weights, *options)
    )  # fmt: skip


def in_image(image: str, found: container.Described, running: Running) -> docker.Container:
    """A container of an image that holds its model."""
    mount = cache_mount(running.cache_folder, ROOT) if running.shares_cache else ()
    variables = cache_variables(frozenset()) if mount else ()
    weights = image_mounts(found.weights)
    gpus = _usable(image, running.gpus_for(found.uses_gpu))
    environment = (*variables, *running.environment)
    return docker.Container(image, container.fresh_name(), "", environment, gpus=gpus, options=(*weights, *mount))


def _cache(spec: Spec, running: Running) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Options and variables; a cache that cannot be had is told, and done without."""
    try:
        mount = cache_mount(running.cache_folder, spec.user.value if spec.user else ROOT)
    except OSError as error:
        say(f"Downloads of the model are not kept: {error.filename}: {error.strerror}.")
        return (), ()
    return mount, cache_variables(frozenset(variable.name for variable in spec.environment))


def _usable(image: str, gpus: str) -> str:
    """The GPUs that were asked for, or none, which is told, where the engine cannot give any."""
    found = container.usable_gpus(image, gpus)
    if gpus and not found:
        say("The engine has no driver for a GPU: going on without one.")
    return found
