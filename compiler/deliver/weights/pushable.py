"""Pushable: is each layer of a set where a push finds it, on this machine or in the registry?"""

from functools import partial

from ...ir.codes.store import WEIGHTS_MISSING
from ...ir.diagnostic import CompileError
from ...store.bring import Origin
from ...store.index import Index
from ...store.store import Store
from ...weights.layer import LayerFacts
from ...weights.lock import LockedWeight


def check_pushable(store: Store, origin: Origin, locked: LockedWeight) -> None:
    """Asks the registry only for what is not here. Raises CompileError (`weights-missing`, those of the registry)."""
    if all(map(partial(_can_be_sent, store, origin), locked.layers)):
        return
    place = f"{origin.registry.host}/{origin.repository}"
    message = f"the weights {locked.name!r} are neither in {place} nor on this machine, so they cannot be pushed"
    help = "`cogc weights import` reads them from their source, `cogc weights pull` from where they were pushed"
    raise CompileError([WEIGHTS_MISSING.bare(message, help=help)])


def _can_be_sent(store: Store, origin: Origin, layer: LayerFacts) -> bool:
    """A registry takes over what another repository of it has."""
    if all(store.has(file.digest, file.size) for file in layer.entries):
        return True
    registry = origin.registry
    places = (origin.repository, *Index.of(store).holders(registry.host, layer.digest))
    return any(registry.has_blob(place, layer.digest) for place in places)
