"""A folder for `docker buildx bake`: its file, and a context for each platform."""

from pathlib import Path

from ..backends.bake import ENVIRONMENT, FILE, bake_json, folder_of
from ..backends.dockerfile import dockerfile
from ..ir.recipe import Recipe
from .folder import write_context


def write_bake(image: str, recipes: tuple[tuple[str, Recipe], ...], project: Path, output: Path) -> None:
    """`recipes` are pairs of a platform and what is compiled for it.

    Raises CompileError (`output-not-ours`, `output-holds-project`) where that could lose files of the user.
    """
    for platform, recipe in recipes:
        folder = output / folder_of(platform)
        write_context(recipe, project, folder)
        _write(folder / ENVIRONMENT, dockerfile(recipe.without_source()))
    _write(output / FILE, bake_json(image, tuple(platform for platform, _ in recipes)))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
