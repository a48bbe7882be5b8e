"""Artifact folders: written beside their place and moved there whole, never over what is not ours."""

import tempfile
from pathlib import Path

from ..backends.context import context_files
from ..backends.layout import PARTS, SOURCE, holds_source, left_out, mounted, parts, weights_place
from ..ir.codes.delivery import OUTPUT_HOLDS_PROJECT, OUTPUT_NOT_OURS
from ..ir.diagnostic import CompileError
from ..ir.recipe import Recipe
from .tree import MARKER, Copy, copy_file, make_folder, mirror, mirror_apart, mirror_part, settle_times

_NOTE = "Made by cogc, which may replace this folder.\n"


def write_context(recipe: Recipe, project: Path, output: Path) -> None:
    """Makes `output` the folder that `docker build` needs and nothing else, for the project in `project`.

    Raises CompileError (`output-not-ours`, `output-holds-project`) where that could lose files of the user.
    """
    _check(project, output)
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{output.name}.", dir=output.parent) as made:
        _write(Path(made) / MARKER, _NOTE.encode())
        fresh = Path(made) / "new"
        fill(recipe, project, fresh, copy_file)
        if output.exists():
            output.rename(Path(made) / "old")
        fresh.rename(output)


def fill(recipe: Recipe, project: Path, folder: Path, copy: Copy) -> None:
    """Makes `folder` from nothing."""
    make_folder(folder)
    _write(folder / MARKER, _NOTE.encode())
    for name, content in context_files(recipe):
        _write(folder / name, content)
    for path in parts(recipe):
        mirror_part(project, path, folder / PARTS, copy)
    if holds_source(recipe):
        make_folder(folder / SOURCE)
        mirror(project, folder / SOURCE, copy, left_out(recipe))
    for step in recipe.weights:
        root = folder / weights_place(step)
        mirror_apart(project, root / step.folder.lstrip("/"), copy, set(step.paths), mounted(recipe))
        settle_times(root)


def _write(path: Path, content: bytes) -> None:
    make_folder(path.parent)
    path.write_bytes(content)
    path.chmod(0o644)


def _check(project: Path, output: Path) -> None:
    if project.resolve().is_relative_to(output.resolve()):
        message = f"{output} holds the project itself"
        raise CompileError([OUTPUT_HOLDS_PROJECT.bare(message, help="name a folder inside or beside the project")])
    if _may_replace(output):
        return
    message = f"{output} exists and was not written by cogc"
    raise CompileError([OUTPUT_NOT_OURS.bare(message, help="name another folder, or remove this one first")])


def _may_replace(output: Path) -> bool:
    if not output.exists():
        return True
    return output.is_dir() and ((output / MARKER).is_file() or not any(output.iterdir()))
