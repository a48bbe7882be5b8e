"""What the image knows of its weights: the JSON of `/.cog/weights.json`."""

from collections.abc import Iterable

from ..ir.recipe import ListWeights, Recipe
from ..ir.weight import MountedWeights
from .canonical import indented


def mounted(recipe: Recipe) -> tuple[MountedWeights, ...]:
    """What a container of the recipe's image needs beside it."""
    return tuple(each for step in recipe.steps if isinstance(step, ListWeights) for each in step.weights)


def weights_json(weights: Iterable[MountedWeights]) -> bytes:
    """Sorted by name, so that the order in cog.yaml does not change a layer."""
    ordered = sorted(weights, key=lambda each: each.name)
    return indented(
        {"weights": [{"name": each.name, "target": each.target, "setDigest": each.digest} for each in ordered]}
    )
