"""What the commands that need an image share: their options, and one way to build."""

import functools
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from ..backends import docker
from ..backends.dockerfile import titles
from ..backends.layout import DOCKERFILE, SOURCE
from ..deliver.engine import build_shown, build_watched, output, require_engine
from ..deliver.folder import fill
from ..deliver.native import native_platform, this_machine
from ..deliver.own_dockerfile import fill_for
from ..deliver.tree import link_file
from ..deliver.workspace import build_folder
from ..frontend.load import load
from ..ir.recipe import Recipe
from ..ir.spec import Spec
from ..pipeline import Compilation, Load
from .additions import added
from .build_flags import Flags, build_flags
from .console import show
from .digests import digests
from .format_option import chosen_format
from .progress import CHOICES, default_progress, watching
from .project import database, find_project

Option = Callable[[Callable[..., None]], Callable[..., None]]

_MEGABYTE = 1_000_000
_OPTIONS = (
    click.option(
        "--progress", type=click.Choice(CHOICES), default=default_progress, show_default="auto",
        help="How to show the build: steps (auto), all lines (plain), docker's display (tty), errors only (quiet).",
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


def open_project(folder: Path | None, config: str, front: Load = load, platform: str = "") -> Project:
    """Compiles, for one platform, and shows what is to be said about it.

    Raises CompileError when the project cannot be compiled.
    """
    files = find_project(folder, config)
    wanted = platform or native_platform(this_machine())
    compilation = Compilation(files, config, database(), front=added(front, wanted))
    project = Project(files.root.resolve(), compilation.spec, compilation.recipe, digests(compilation))
    show(compilation.diagnostics)
    return project


def build_image(
    project: Project, recipe: Recipe, tag: str, how: Building, labels: tuple[tuple[str, str], ...] = (),
    options: tuple[str, ...] = (),
) -> None:  # fmt: skip
    """Raises CompileError when the engine is not there, or cannot build."""
    require_engine()
    with build_folder(project.folder) as folder:
        context = _context(project, recipe, folder, how.flags)
        platform = "" if project.spec.platform is None else project.spec.platform.value
        request = replace(context, tag=tag, labels=labels, secrets=how.secrets, platform=platform)
        _build(replace(request, options=(*how.flags.options, *options)), _titles(recipe, how.flags), how.progress)


def _titles(recipe: Recipe, flags: Flags) -> tuple[str, ...]:
    """None for the user's own steps, which nobody has given any."""
    return titles(recipe) if flags.dockerfile is None else ()


def _context(project: Project, recipe: Recipe, folder: Path, flags: Flags) -> docker.Build:
    """What is built, without saying how."""
    if flags.dockerfile is None:
        fill(recipe, project.folder, folder, link_file)
        return docker.Build(str(folder), "")
    fill_for(flags.dockerfile, recipe, project.folder, folder, link_file)
    return docker.Build(str(folder / SOURCE), "", dockerfile=str(folder / DOCKERFILE))


def build_environment(project: Project, how: Building) -> str:
    """Builds the image without the source, which is mounted instead; gives its name."""
    tag = docker.base_image_name(project.image_name(None))
    build_image(project, project.recipe.without_source(), tag, how)
    return tag


def size_of(image: str) -> str:
    """Blank where the engine does not tell it."""
    found = output(docker.image_size(image))
    return "" if found.returncode != 0 else f"{int(found.stdout) / _MEGABYTE:.0f} MB"


def seconds_since(start: float) -> str:
    return f"{time.monotonic() - start:.1f} s"


def _build(request: docker.Build, steps: tuple[str, ...], progress: str) -> None:
    progress = progress if chosen_format() == "text" else "quiet"
    if progress in ("plain", "tty"):
        build_shown(request, progress)
        return
    with watching(f"Building {request.tag}:", steps, progress) as watch:
        build_watched(request, watch)
