"""What options of the command line add to the Spec: they count as if they stood in cog.yaml, under their own names."""

import functools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from ..ir.diagnostic import Diagnostic
from ..ir.project import Files
from ..ir.source import Source
from ..ir.spec import Spec, Stated
from ..pipeline import Load

Command = TypeVar("Command", bound=Callable[..., Any])

_CUDA_BASE = "--use-cuda-base-image"
_COG_BASE = "--use-cog-base-image"
_KEY = "cogc.additions"


def additions_options(command: Command) -> Command:
    """For the commands that compile an image's environment."""
    cuda = click.option(
        _CUDA_BASE, type=click.Choice(["auto", "true", "false"]), default="auto", show_default=True,
        expose_value=False, callback=_choose_cuda_base,
        help="`false` starts from the slim Python image although cog.yaml asks for a GPU.",
    )  # fmt: skip
    ours = click.option(
        _COG_BASE, type=click.BOOL, is_flag=False, flag_value="true", default=None,
        expose_value=False, callback=_tell_cog_base,
        help="Accepted for compatibility: cogc needs no prebuilt base.",
    )  # fmt: skip
    return cuda(ours(command))


def added(front: Load, platform: str = "") -> Load:
    """A front end that adds to the Spec what the command line states."""
    slim = click.get_current_context().meta.get(_KEY, {}).get(_CUDA_BASE) == "false"
    return functools.partial(_add, front, slim, platform)


def check_alone(dockerfile: Path | None) -> None:
    """Raises UsageError where several options say what the image starts from."""
    stated = click.get_current_context().meta.get(_KEY, {})
    given = (*(("--dockerfile",) if dockerfile is not None else ()), *stated)
    if len(given) > 1:
        raise click.UsageError(f"{' and '.join(given)} all say what the image starts from: give one of them")


def _choose_cuda_base(context: click.Context, parameter: click.Parameter, value: str) -> None:
    if value != "auto":
        _note(context, _CUDA_BASE, value)


def _tell_cog_base(context: click.Context, parameter: click.Parameter, value: bool | None) -> None:
    from .console import say

    if value is not None:
        _note(context, _COG_BASE, str(value))
    if value:
        say(f"cogc builds on official images and needs no prebuilt base: {_COG_BASE} changes nothing.")


def _note(context: click.Context, option: str, value: str) -> None:
    context.meta[_KEY] = {**context.meta.get(_KEY, {}), option: value}


def _add(front: Load, slim: bool, platform: str, files: Files, config: str) -> tuple[Spec, tuple[Diagnostic, ...]]:
    spec, diagnostics = front(files, config)
    if slim and spec.uses_gpu and spec.base_image is None:
        spec = replace(spec, cuda_image=_stated(_CUDA_BASE, "none"))
    if platform:
        spec = replace(spec, platform=_stated("--platform", platform))
    return spec, diagnostics


def _stated(option: str, value: str) -> Stated[str]:
    return Stated(value, Source(option, value).whole())
