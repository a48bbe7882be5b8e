"""The options of the commands that make an image to keep: `build` and `push`."""

import functools
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ..deliver.openapi_file import read_openapi
from ..frontend.load import load
from ..frontend.unread import load_unread
from ..ir.changed_recipe import labelled, of_time
from ..ir.recipe import Recipe
from ..pipeline import Load
from .platforms import platform_option

_SCHEMA_LABEL = "run.cog.openapi_schema"


_OPTIONS = (
    click.option(
        "--openapi-schema", "schema", metavar="FILE", envvar="COG_OPENAPI_SCHEMA", show_envvar=True,
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="Take the OpenAPI document from FILE; the predictor's source is not read.",
    ),
    click.option(
        "--timestamp", metavar="SECONDS", type=click.IntRange(-1), default=-1, envvar="SOURCE_DATE_EPOCH",
        show_envvar=True, show_default=False,
        help="Make the same image, byte for byte, whenever it is built: all its files get this time, from 1970.",
    ),
    click.option("--skip-schema-validation", is_flag=True, hidden=True, expose_value=False, help="No effect."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Image:
    """The options of `image_options`. `schema` is blank where the source tells it; `timestamp` is -1 for now."""

    platforms: tuple[str, ...]
    schema: str
    timestamp: int

    @property
    def front(self) -> Load:
        return load_unread if self.schema else load

    @property
    def options(self) -> tuple[str, ...]:
        """Words for the engine's client, which sets the times that no step can."""
        return () if self.timestamp < 0 else ("--build-arg", f"SOURCE_DATE_EPOCH={self.timestamp}")

    def recipe(self, recipe: Recipe) -> Recipe:
        made = labelled(recipe, (_SCHEMA_LABEL, self.schema)) if self.schema else recipe
        return made if self.timestamp < 0 else of_time(made, self.timestamp)


def image_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options, which arrive as one parameter `image`.

    The command raises CompileError (`openapi-file`) when the file is no OpenAPI document.
    """

    @functools.wraps(command)
    def bundled(*, platforms: tuple[str, ...], schema: Path | None, timestamp: int, **rest: Any) -> None:
        command(image=Image(platforms, "" if schema is None else read_openapi(schema), timestamp), **rest)

    for option in reversed(_OPTIONS):
        bundled = option(bundled)
    return platform_option(bundled)


def name_in_variables() -> str:
    """The name that the documented variables give; blank where none is set."""
    if model := os.environ.get("COG_MODEL"):
        return model
    registry, repository, tag = (os.environ.get(f"COG_MODEL_{part}", "") for part in ("REGISTRY", "REPO", "TAG"))
    path = "/".join(part for part in (registry, repository) if part) if repository else ""
    return f"{path}:{tag}" if path and tag else path
