"""What the commands that need an image share: their options, and one way to build."""

import functools
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from ..backends import docker
from ..backends.layout import DOCKERFILE, SOURCE
from ..backends.proxies import proxy_options
from ..backends.sizes import layer_sizes, sizes_text
from ..deliver.build_failed import BuildFailed
from ..deliver.client import client
from ..deliver.engine import build_shown, build_watched, output, require_engine
from ..deliver.folder import fill
from ..deliver.native import native_platform, this_machine
from ..deliver.own_dockerfile import fill_for
from ..deliver.sent import Sending, sending
from ..frontend.load import load
from ..ir.diagnostic import CompileError
from ..ir.recipe import Recipe
from ..ir.spec import Spec
from ..passes.trusting import trusting
from ..pipeline import Compilation, Load
from ..registry.certificates import own_certificates
from .additions import added
from .build_flags import Flags, build_flags
from .console import say, show
from .digests import digests
from .events import choose_progress
from .format_option import chosen_format
from .ledger import ledger, prints_now
from .progress import CHOICES, default_progress, watching
from .project import database, find_project
from .steps import ToldStep, told_steps
from .weights_option import FindLayers, no_layers

Option = Callable[[Callable[..., None]], Callable[..., None]]

_OPTIONS = (
    click.option(
        "--progress", type=click.Choice(CHOICES), default=default_progress, show_default="auto",
        callback=choose_progress,
        help="How to show the build: steps (auto, json), all lines (plain), docker's way (tty), errors only (quiet).",
    ),
    click.option(
        "--secret", "secrets", metavar="id=NAME,src=FILE", multiple=True,
        help="A secret for the run commands that mount it; may be repeated.",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Project:
    """A project's folder and what its compile gave; `digests` are labels that tell two compiles apart."""

    folder: Path
    spec: Spec
    recipe: Recipe
    digests: tuple[tuple[str, str], ...] = ()

    def image_name(self, tag: str | None) -> str:
        """What was asked for, else `image:` or `model:`, else a name made from the folder's."""
        stated = self.spec.image or self.spec.model
        return tag or (stated.value if stated else "") or docker.default_image_name(self.folder.name)


@dataclass(frozen=True, slots=True)
class Building:
    """How to build: the options of `build_options`."""

    progress: str
    secrets: tuple[str, ...]
    flags: Flags

    @property
    def is_for_people(self) -> bool:
        """Whether bars and rates have a reader."""
        return self.progress not in ("json", "quiet")

    def say(self, text: str) -> None:
        """What is said of the image itself; nothing where only errors are wanted."""
        if self.progress != "quiet":
            say(text)


def build_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options of a build, which arrive as one parameter `how`."""

    @functools.wraps(command)
    def bundled(*, progress: str, secrets: tuple[str, ...], flags: Flags, **rest: Any) -> None:
        command(how=Building(progress, secrets, flags), **rest)

    return with_options(build_flags(bundled), *_OPTIONS)


def with_options(command: Callable[..., None], *options: Option) -> Callable[..., None]:
    """The command with options that its help shows in this order."""
    for option in reversed(options):
        command = option(command)
    return command


def open_project(
    folder: Path | None, config: str, front: Load = load, platform: str = "", find_layers: FindLayers = no_layers
) -> Project:
    """Compiles, for one platform, and shows what is to be said about it.

    Raises CompileError when the project cannot be compiled.
    """
    files = find_project(folder, config)
    wanted = platform or native_platform(this_machine())
    compilation = Compilation(files, config, database(), front=added(front, wanted), weights=find_layers(files.root))
    project = Project(files.root.resolve(), compilation.spec, compilation.recipe, digests(compilation))
    show(compilation.diagnostics)
    return project


def build_image(
    project: Project, recipe: Recipe, tag: str, how: Building, labels: tuple[tuple[str, str], ...] = (),
    options: tuple[str, ...] = (),
) -> Recipe:  # fmt: skip
    """Gives the recipe that was built.

    Raises CompileError when the engine, which was found to answer, cannot build.
    """
    built = trusting(recipe, own_certificates(os.environ))
    with sending(project.folder) as sent:
        platform = "" if project.spec.platform is None else project.spec.platform.value
        flags = (*proxy_options(os.environ), *how.flags.options, *options)
        request = docker.Build(str(sent.folder), tag, how.secrets, labels, flags, platform)
        if how.flags.dockerfile is None:
            _build_recipe(request, project, built, sent, how.progress)
        else:
            _build_own(request, project, built, sent, how)
    return built


def _build_recipe(request: docker.Build, project: Project, built: Recipe, sent: Sending, progress: str) -> None:
    fill(built, project.folder, sent.folder, sent.put)
    known, now = ledger(project.folder, request.tag), prints_now(built, sent.stamps())
    try:
        _build(request, told_steps(built, known.causes(now)), progress)
    except BuildFailed as error:
        from ..faults.told import told

        raise CompileError([told(error.failure, built, project.spec)]) from error
    known.write(now)


def _build_own(request: docker.Build, project: Project, built: Recipe, sent: Sending, how: Building) -> None:
    """The user's own Dockerfile: of its steps we know nothing."""
    assert how.flags.dockerfile is not None, "asked by the caller"
    fill_for(how.flags.dockerfile, built, project.folder, sent.folder, sent.put)
    own = replace(request, folder=str(sent.folder / SOURCE), dockerfile=str(sent.folder / DOCKERFILE))
    _build(own, (), how.progress)


def build_environment(project: Project, how: Building) -> str:
    """Builds the image without the source, which is mounted instead; gives its name."""
    tag = docker.base_image_name(project.image_name(None))
    require_engine()
    build_image(project, project.recipe.without_source(), tag, how)
    return tag


def layers_of(image: str, recipe: Recipe) -> str:
    """The sizes of its layers; blank where the engine does not tell them."""
    found = output(docker.layer_history(image))
    return "" if found.returncode != 0 else sizes_text(layer_sizes(recipe, client().history(found.stdout)))


def seconds_since(start: float) -> str:
    return f"{time.monotonic() - start:.1f} s"


def _build(request: docker.Build, steps: tuple[ToldStep, ...], progress: str) -> None:
    progress = progress if chosen_format() == "text" else "quiet"
    if progress == "tty" and sys.stderr.isatty():
        build_shown(request)
        return
    with watching(request.tag, steps, progress) as (watch, hear):
        build_watched(request, watch, hear)
