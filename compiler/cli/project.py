"""What the commands that read a project share: their options, and how a project is found."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ..compat import Compat
from ..frontend.files import FolderFiles
from ..ir.codes.config import CONFIG_MISSING
from ..ir.diagnostic import CompileError
from .console import locate
from .format_option import format_option

Command = TypeVar("Command", bound=Callable[..., Any])

DEFAULT_CONFIG = "cog.yaml"
_COMPAT = "cogc.compat"


def config_option(command: Command) -> Command:
    """The options of every command that compiles: which file, and how diagnostics are told."""
    return click.option(
        "-f", "--file", "config", metavar="FILE", default=DEFAULT_CONFIG, show_default=True,
        help="The configuration file, from the project's folder.",
    )(format_option(command))  # fmt: skip


def compat_option(command: Command) -> Command:
    """For the commands that resolve versions, or show what they are resolved from."""
    return click.option(
        "--compat", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False),
        expose_value=False, callback=_choose_compat,
        help="A folder with files of the compatibility database that go before those that cogc came with.",
    )(command)  # fmt: skip


def database() -> Compat:
    """The database of this run."""
    found: Compat = click.get_current_context().meta.get(_COMPAT, Compat.bundled())
    return found


def _choose_compat(context: click.Context, parameter: click.Parameter, value: Path | None) -> None:
    if value is None:
        return
    if not any(value.glob("*.jsonl")):
        raise click.BadParameter(f"{value} holds no file of the database, such as torch.jsonl")
    context.meta[_COMPAT] = Compat(value)


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
    if not folder.is_dir():
        raise CompileError([CONFIG_MISSING.bare(f"there is no folder {folder}", help="correct the path")])
    where = f"in {folder}" if folder != Path.cwd() else "here or in a folder above"
    help = "name the project's folder, or its configuration file with -f; `cogc init` writes a new project"
    raise CompileError([CONFIG_MISSING.bare(f"there is no {config} {where}", help=help)])
