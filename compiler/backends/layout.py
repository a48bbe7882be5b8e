"""The context folder of a build: where the compiler's files lie in it, and where the project's."""

from ..ir.recipe import CopySource, Recipe

DOCKERFILE = "Dockerfile"
OWN = "cogc"
SOURCE = "src"
# Single files and folders of the project that steps before the source read.
PARTS = "files"


def place(path: str) -> str:
    """Where a path of the project lies; `.` needs no second copy of all of it."""
    return SOURCE if path == "." else f"{PARTS}/{path}"


def parts(recipe: Recipe) -> tuple[str, ...]:
    """The paths of the project that lie under `PARTS`."""
    return tuple(path for path in recipe.paths if path != ".")


def left_out(recipe: Recipe) -> frozenset[str]:
    """Folders of the project that its copy is without."""
    return frozenset(path for step in recipe.steps if isinstance(step, CopySource) for path in step.without)


def holds_source(recipe: Recipe) -> bool:
    return "." in recipe.paths or any(isinstance(step, CopySource) for step in recipe.steps)
