"""The context folder of a build: where the compiler's files lie in it, and where the project's."""

from ..ir.recipe import CopySource, CopyWeights, Recipe

DOCKERFILE = "Dockerfile"
OWN = "cogc"
SOURCE = "src"
# Single files and folders of the project that steps before the source read.
PARTS = "files"
# Weights that are kept apart from the source, a folder for each layer.
WEIGHTS = "weights"


def place(path: str) -> str:
    """Where a path of the project lies; `.` needs no second copy of all of it."""
    return SOURCE if path == "." else f"{PARTS}/{path}"


def weights_place(step: CopyWeights) -> str:
    """The root of an image that holds these files and nothing else.

    Copied onto `/`, the folders of the layer have times of ours, so that it has one digest whenever it is made.
    """
    return f"{WEIGHTS}/{step.number}"


def parts(recipe: Recipe) -> tuple[str, ...]:
    """The paths of the project that lie under `PARTS`."""
    return tuple(path for path in recipe.paths if path != ".")


def left_out(recipe: Recipe) -> frozenset[str]:
    """Folders of the project that its copy is without."""
    return frozenset(path for step in recipe.steps if isinstance(step, CopySource) for path in step.without)


def mounted(recipe: Recipe) -> frozenset[str]:
    """Folders of the project that are in no layer, as containers find them mounted."""
    return left_out(recipe) - {path for step in recipe.weights for path in step.paths}


def holds_source(recipe: Recipe) -> bool:
    return "." in recipe.paths or any(isinstance(step, CopySource) for step in recipe.steps)
