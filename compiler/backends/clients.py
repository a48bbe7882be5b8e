"""Clients of container engines: the words of each for what cogc asks in docker's."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from . import docker, history, podman
from .buildkit import Event, parse_line
from .docker import Argv, Build

Reader = Callable[[str], Event | None]


@dataclass(frozen=True, slots=True)
class Client:
    """`ask_version` succeeds where the engine answers; `ask_builder` where it can build what a recipe needs.

    `translated` gives docker's words in those of the client; `reader` makes a reader of one build's progress lines,
    `history` reads what it says of an image's. `no_gpu` is in what it says where it has no driver for a GPU.
    """

    program: str
    name: str
    ask_version: Argv
    ask_builder: Argv
    build: Callable[[Build, str], Argv]
    reader: Callable[[], Reader]
    translated: Callable[[Argv], Argv]
    no_gpu: str
    history: Callable[[str], tuple[int, ...]]


def _as_it_is(argv: Argv) -> Argv:
    return argv


DOCKER = Client(
    "docker", "Docker", docker.server_version(), docker.buildx_version(), docker.build, lambda: parse_line, _as_it_is,
    "could not select device driver", history.of_docker,
)  # fmt: skip
PODMAN = Client(
    "podman", "Podman", ("podman", "info"), ("podman", "build", "--help"), partial(podman.build, "podman"),
    podman.Reader, podman.translated, "nvidia.com/gpu", history.of_podman,
)  # fmt: skip
BUILDAH = Client(
    "buildah", "Buildah", ("buildah", "info"), ("buildah", "build", "--help"), partial(podman.build, "buildah"),
    podman.Reader, podman.translated_for_buildah, "nvidia.com/gpu", history.of_buildah,
)  # fmt: skip

# The first of them that a machine has is taken.
CLIENTS = (DOCKER, PODMAN, BUILDAH)
