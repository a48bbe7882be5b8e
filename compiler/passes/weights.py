"""Which weights the model gets: the digest of each set's files, as the lock file has it."""

from ..ir.plan import Decision, PlannedWeights
from ..ir.spec import Spec
from ..ir.weight import Locked, Weight
from ..ir.why import Derived, Written


def weights(spec: Spec) -> tuple[PlannedWeights, ...]:
    """Those that are imported; the front end has told of the others."""
    found = ((weight, weight.locked) for weight in spec.weights)
    return tuple(_planned(weight, locked) for weight, locked in found if locked is not None)


def _planned(weight: Weight, locked: Locked) -> PlannedWeights:
    files = "1 file" if locked.files == 1 else f"{locked.files:,} files"
    uris = ", ".join(source.uri for source in weight.sources)
    premises = (
        Written(weight.span, f"`{weight.name}` is asked for, from {uris}"),
        Written(locked.span, f"imported: {files}, {locked.size:,} bytes in all"),
    )
    return PlannedWeights(
        weight.name,
        weight.target,
        Decision(locked.digest, Derived("the digest of the files that were imported", premises)),
    )
