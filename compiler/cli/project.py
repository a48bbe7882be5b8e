"""What the commands that read a project share: their options, and how a project is found."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ..frontend.files import FolderFiles
from ..ir.codes.config import CONFIG_MISSING
from ..ir.diagnostic import CompileError
from .console import locate
from .format_option import format_option

Command = TypeVar("Command", bound=Callable[..., Any])

DEFAULT_CONFIG = "cog.yaml"


def config_option(command: Command) -> Command:
    """The options of every command that compiles: which file, and how diagnostics are told."""
    return click.option(
        "-f", "--file", "config", metavar="FILE", default=DEFAULT_CONFIG, show_default=True,
        help="The configuration file, from the project's folder.",
    )(format_option(command))  # fmt: skip


def folder_option(command: Command) -> Command:
    """For the commands whose arguments have another meaning; `compile` and `build` take the folder as DIR."""
    return click.option(
        "-C", "--dir", "folder", metavar="DIR", default=None, type=click.Path(path_type=Path, file_okay=False),
        help="The project's folder; by default the nearest one, from here upwards, that has a cog.yaml.",
    )(command)  # fmt: skip


def find_project(folder: Path | None, config: str) -> FolderFiles:
    """The project in `folder`, or in the nearest folder from the current one upwards that holds `config`.

    Raises CompileError (`config-missing`) when there is none.
    """
    if folder is not None:
        return _project(folder, config)
    here = Path.cwd()
    found = next((place for place in (here, *here.parents) if (place / config).is_file()), here)
    return _project(found, config)


def _project(folder: Path, config: str) -> FolderFiles:
    locate(folder)
    if (folder / config).is_file():
        return FolderFiles(folder)
    where = f"in {folder}" if folder != Path.cwd() else "here or in a folder above"
    help = "name the project's folder, or its configuration file with -f"
    raise CompileError([CONFIG_MISSING.bare(f"there is no {config} {where}", help=help)])
