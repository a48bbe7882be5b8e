"""The context of a Dockerfile of the user's: the project as its ignore file leaves it, and the file with our labels."""

from pathlib import Path

from ..backends.dockerfile import with_labels
from ..backends.layout import DOCKERFILE, SOURCE
from ..ir.changed_recipe import labels_of
from ..ir.recipe import Recipe
from .tree import Copy, make_folder, mirror


def fill_for(dockerfile: Path, recipe: Recipe, project: Path, folder: Path, copy: Copy) -> None:
    """Makes `folder` from nothing, with the context in its `SOURCE`."""
    text = dockerfile.read_text(encoding="utf-8")
    make_folder(folder / SOURCE)
    (folder / DOCKERFILE).write_text(with_labels(text, labels_of(recipe)), encoding="utf-8", newline="\n")
    mirror(project, folder / SOURCE, copy)
