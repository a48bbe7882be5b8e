"""What goes to the engine's own command line, beside what is compiled."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ..backends.docker import Argv
from .additions import additions_options, check_alone

_FLAGS = (
    click.option("--no-cache", is_flag=True, help="Repeat every step."),
    click.option(
        "--build-arg", "build_args", metavar="NAME=VALUE", multiple=True,
        help="A value for an ARG of your own Dockerfile, or a proxy such as HTTPS_PROXY; may be repeated.",
    ),
    click.option(
        "--builder", metavar="NAME", default="",
        help="Build with this one of `docker buildx ls`, which may be a remote BuildKit.",
    ),
    click.option(
        "--dockerfile", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="Build your own Dockerfile, with the project as its context; the labels are added in the same build.",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Flags:
    """The options of `build_flags`. `dockerfile` is None for the compiled one; `builder` may be blank."""

    no_cache: bool
    build_args: tuple[str, ...]
    builder: str
    dockerfile: Path | None

    @property
    def options(self) -> Argv:
        """Words for the engine's client."""
        return (
            *(("--no-cache",) if self.no_cache else ()),
            *(word for value in self.build_args for word in ("--build-arg", value)),
            *((f"--builder={self.builder}",) if self.builder else ()),
        )


def build_flags(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options, which arrive as one parameter `flags`."""

    @functools.wraps(command)
    def bundled(
        *, no_cache: bool, build_args: tuple[str, ...], builder: str, dockerfile: Path | None, **rest: Any
    ) -> None:
        check_alone(dockerfile)
        command(flags=Flags(no_cache, build_args, builder, dockerfile), **rest)

    for option in reversed(_FLAGS):
        bundled = option(bundled)
    return additions_options(bundled)
