"""Making the images that a command asks for: one, or one for each platform."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..backends import docker
from ..backends.clients import DOCKER
from ..deliver.client import client
from ..deliver.engine import require_engine
from ..deliver.image import Here, image_here
from ..deliver.native import this_machine, told
from ..deliver.revision import revision_labels
from ..deliver.secrets import check_secrets
from ..deliver.timeless import make_timeless
from ..deliver.workspace import workspace
from ..frontend.given_name import check_names
from .building import Building, Project, build_image, layers_of, open_project, seconds_since
from .console import show
from .image_options import Image, name_in_variables
from .weights_option import FindLayers

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for; `tags` are names that go before all others."""

    folder: Path | None
    config: str
    tags: tuple[str, ...]
    image: Image
    find_layers: FindLayers
    how: Building


@dataclass(frozen=True, slots=True)
class Made:
    """One image: its names, and its platform, which is blank where nobody asked for one."""

    names: tuple[str, ...]
    platform: str


def make_images(wanted: Wanted, check: Callable[[Project], None] = lambda project: None) -> tuple[Made, ...]:
    """Builds for one platform after the other; `check` sees each project before anything is built.

    Raises CompileError for all that stops a compile or a build.
    """
    check_names((*wanted.tags, *filter(None, (name_in_variables(),))))
    platforms = wanted.image.platforms or ("",)
    if not wanted.image.platforms and (native := told(this_machine())):
        wanted.how.say(native)
    projects = [
        open_project(wanted.folder, wanted.config, wanted.image.front, platform, wanted.find_layers)
        for platform in platforms
    ]
    for project in projects:
        check(project)
        show(check_secrets(project.spec, wanted.how.secrets))
    several = len(platforms) > 1
    return tuple(
        _make(wanted, project, Made(_names(wanted, project, platform if several else ""), platform))
        for project, platform in zip(projects, platforms, strict=True)
    )


def names_of(wanted: Wanted, project: Project) -> tuple[str, ...]:
    """The tags, else what the variables say, else what cog.yaml says, else a name made from the folder's."""
    return wanted.tags or (project.image_name(name_in_variables()),)


def _names(wanted: Wanted, project: Project, platform: str) -> tuple[str, ...]:
    """An engine keeps one image under a name: with several platforms each has a name of its own."""
    names = names_of(wanted, project)
    return tuple(docker.platform_image_name(name, platform) for name in names) if platform else names


def _make(wanted: Wanted, project: Project, made: Made) -> Made:
    require_engine()
    start = time.monotonic()
    name, *others = made.names
    before = image_here(name)
    recipe = wanted.image.recipe(project.recipe)
    tags = tuple(word for other in others for word in ("--tag", other))
    labels = (*revision_labels(project.folder), *project.digests)
    built = build_image(project, recipe, name, wanted.how, labels, (*wanted.image.options, *tags))
    if wanted.image.timestamp >= 0 and client() is DOCKER:  # the others have a flag for it
        make_timeless(made.names, wanted.image.timestamp, workspace(project.folder, "build"))
    wanted.how.say(_built(name, before, start))
    if wanted.how.flags.dockerfile is None and (layers := layers_of(name, built)):
        wanted.how.say(f"layers: {layers}")
    return made


def _built(name: str, before: Here, start: float) -> str:
    now = image_here(name)
    about = f"{seconds_since(start)} ({now.size / _MEGABYTE:.0f} MB)" if now.size else seconds_since(start)
    if before.id and now.id == before.id:
        return f"Nothing has changed: {name} is up to date, after {about}."
    return f"Built {name} in {about}."
