"""Recipe -> the files that the compiler itself puts beside the project's for a build."""

from collections.abc import Iterator

from .. import resources
from ..ir.ground_steps import CERTIFICATES
from ..ir.recipe import (
    CONSTRAINTS,
    PROJECTS,
    REQUIREMENTS,
    RUNTIME_WHEEL,
    SERVER_LOCK,
    InstallProjects,
    Recipe,
)
from ..ir.weight import WEIGHTS
from ..weights.runtime import mounted, weights_json
from . import uv
from .dockerfile import dockerfile
from .layout import OWN
from .wheel import runtime_wheel


def own_files(recipe: Recipe) -> tuple[tuple[str, bytes], ...]:
    """Name and content of each file of the compiler's own folder."""
    return (
        *((name, text.encode()) for name, text in _listings(recipe)),
        (SERVER_LOCK, (resources.RUNTIME / SERVER_LOCK).read_bytes()),
        (RUNTIME_WHEEL, runtime_wheel()),
        *(((WEIGHTS, weights_json(weights)),) if (weights := mounted(recipe)) else ()),
    )


def _listings(recipe: Recipe) -> Iterator[tuple[str, str]]:
    for step in recipe.packages:
        yield PROJECTS if isinstance(step, InstallProjects) else REQUIREMENTS, uv.listing(step.lines)
    if constraints := recipe.packages[0].constraints:
        yield CONSTRAINTS, uv.listing(constraints)


def context_files(recipe: Recipe) -> tuple[tuple[str, bytes], ...]:
    """Path in the context folder and content, the project's own files not among them."""
    files = ((uv.ITSELF, f"{uv.REQUIREMENT}\n".encode()), *own_files(recipe))
    trusted = ((CERTIFICATES, step.text.encode()) for step in recipe.certificates)
    own = ((f"{OWN}/{name}", content) for name, content in (*files, *trusted))
    return (("Dockerfile", dockerfile(recipe).encode()), *own)
