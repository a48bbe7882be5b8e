"""Recipe -> the files that the compiler itself puts beside the project's for a build."""

from .. import resources
from ..ir.recipe import REQUIREMENTS, RUNTIME_WHEEL, SERVER_LOCK, Recipe
from .dockerfile import OWN_FOLDER, dockerfile
from .wheel import runtime_wheel


def own_files(recipe: Recipe) -> tuple[tuple[str, bytes], ...]:
    """Name and content of each file of the compiler's own folder."""
    requirements = "".join(f"{line}\n" for line in recipe.requirements)
    return (
        (REQUIREMENTS, requirements.encode()),
        (SERVER_LOCK, (resources.RUNTIME / SERVER_LOCK).read_bytes()),
        (RUNTIME_WHEEL, runtime_wheel()),
    )


def context_files(recipe: Recipe) -> tuple[tuple[str, bytes], ...]:
    """Path in the context folder and content, the project's own files not among them."""
    own = ((f"{OWN_FOLDER}/{name}", content) for name, content in own_files(recipe))
    return (("Dockerfile", dockerfile(recipe).encode()), *own)
