"""What the commands about weights share: their options, and the project's weights."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ..deliver.weights.declared import Declared, lock_of
from ..deliver.weights.repository import origin_of, reference_of
from ..frontend.load import load_environment
from ..ir.codes.weights import WEIGHTS_LEFT_OUT
from ..ir.spec import Spec
from ..store.bring import Origin
from .console import show
from .project import config_option, find_project, folder_option

Command = TypeVar("Command", bound=Callable[..., Any])

names_argument = click.argument("names", metavar="[NAME]…", nargs=-1)
dry_run_option = click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
verbose_option = click.option("-v", "--verbose", is_flag=True, help="Tell each file.")


def project_options(command: Command) -> Command:
    """The options that name the project."""
    return folder_option(config_option(command))


def open_weights(folder: Path | None, config: str) -> tuple[Declared, Spec]:
    """The project's weights. What the lock says does not matter here: the commands are what put it right.

    Raises CompileError where cog.yaml cannot be read.
    """
    files = find_project(folder, config)
    spec, diagnostics = load_environment(files, config)
    show(found for found in diagnostics if found.code is not WEIGHTS_LEFT_OUT)
    root = files.root.resolve()
    return Declared(root, spec.weights, lock_of(root)), spec


def origin(spec: Spec) -> Origin:
    """Until the command ends. Raises CompileError where nothing says which repository it is."""
    found = origin_of(reference_of(spec))
    click.get_current_context().with_resource(found.registry)
    return found
