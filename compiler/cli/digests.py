"""Labels that are made of a whole compile, so that the recipe itself cannot hold them."""

import hashlib
import json

from ..backends.recipe import recipe_json
from ..pipeline import Compilation


def digests(compilation: Compilation) -> tuple[tuple[str, str], ...]:
    """The recipe's SHA-256, and every version that was decided."""
    recipe = hashlib.sha256(recipe_json(compilation.recipe).encode()).hexdigest()
    versions = {name: decision.value for name, decision in compilation.plan.decisions}
    return ("run.cog.recipe", f"sha256:{recipe}"), ("run.cog.versions", json.dumps(versions, separators=(",", ":")))
