"""The option that keeps weights apart from the source."""

from collections.abc import Callable
from pathlib import Path

import click

from ..ir.weight import Layers
from .project import Command

FindLayers = Callable[[Path], Layers]


def weights_option(command: Command) -> Command:
    """Arrives as `find_layers`, which gives the layers of the project in a folder: none without the option."""
    return click.option(
        "--separate-weights", "find_layers", is_flag=True, callback=_chosen,
        help="Put weights (files of 10 MiB and more, and folders of them) in layers of their own.",
    )(command)  # fmt: skip


def _chosen(context: click.Context, parameter: click.Parameter, value: bool) -> FindLayers:
    return _found if value else no_layers


def no_layers(project: Path) -> Layers:
    return ()


def _found(project: Path) -> Layers:
    from ..deliver.tree import entries
    from ..passes.weight_layers import ProjectFile, weights_layers

    files = (path for path in entries(project) if path.is_file() and not path.is_symlink())
    return weights_layers(ProjectFile(path.relative_to(project).as_posix(), path.stat().st_size) for path in files)
