"""Recipe -> the same with certificate authorities that are known before anything is fetched."""

from dataclasses import replace

from ..ir.ground_steps import TrustCertificates
from ..ir.reads import Network
from ..ir.recipe import Recipe, Step


def trusting(recipe: Recipe, certificates: str) -> Recipe:
    """`certificates` are PEM text; blank for none."""
    own = (TrustCertificates(certificates),) if certificates else ()
    first = next((number for number, step in enumerate(recipe.steps) if _fetches(step)), 0)
    return replace(recipe, steps=(*recipe.steps[:first], *own, *recipe.steps[first:]))


def _fetches(step: Step) -> bool:
    return any(isinstance(read, Network) for read in step.reads)
