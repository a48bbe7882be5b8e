"""`--platform`: for which machines images are made."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

PLATFORMS = ("linux/amd64", "linux/arm64")


def platform_option(command: Command) -> Command:
    """Adds the option, which arrives as `platforms`, without any where nobody asked."""
    return click.option(
        "--platform", "platforms", metavar="PLATFORM[,…]", default="", callback=_platforms,
        help="linux/amd64 (default), linux/arm64, or both with a comma: each is compiled and built by itself.",
    )(command)  # fmt: skip


def _platforms(context: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    """Names with commas between them, each once, in the order of writing."""
    names = tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    for name in names:
        if name not in PLATFORMS:
            raise click.BadParameter(f"cogc makes no images for {name!r}; there are: {', '.join(PLATFORMS)}")
    return names
