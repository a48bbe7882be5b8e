"""Import: from the sources to the store and the lock. What is known already is not read."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from ...ir.weight import Weight
from ...registry.stop import Stop
from ...store.index import Index
from ...store.layers import digested
from ...store.receive import Advance
from ...weights.files import WeightFile, WeightSet, set_digest
from ...weights.layer import LayerFacts
from ...weights.lock import Lock, LockedSource, LockedWeight
from ...weights.manifest import weight_manifest
from ...weights.packing import pack
from ...weights.tar import tar_size
from .looking import Importer, Share
from .reading import read_all
from .work import side_by_side


def imported(importer: Importer, weight: Weight, shares: tuple[Share, ...]) -> LockedWeight:
    """Raises CompileError; what was read by then is kept, so that the next import goes on from there."""
    importer.meter.expect(f"Importing {weight.name}", sum(max(0, found.size) for s in shares for found in s.unread))
    read = read_all(importer, weight.name, shares)
    files = tuple({**share.known, **read[number]} for number, share in enumerate(shares))
    weights = WeightSet(weight.name, weight.target, tuple(file for each in files for file in each.values()))
    sources = tuple(_locked(share, each.values()) for share, each in zip(shares, files, strict=True))
    layers = _layers(importer, weights)
    digest = weight_manifest(weights, layers).digest
    return _dated(LockedWeight(weights, sources, importer.now, digest, layers), importer.lock)


def _locked(share: Share, files: Iterable[WeightFile]) -> LockedSource:
    """Where the source itself says nothing, its content is its fingerprint."""
    return LockedSource(share.written, share.inventory.fingerprint or set_digest(files))


def _layers(importer: Importer, weights: WeightSet) -> tuple[LayerFacts, ...]:
    """Those of the lock while the files are the same; else packed anew, of which only new layers are digested."""
    before = importer.lock.find(weights.name)
    same_policy = importer.lock.envelope == importer.policy.envelope
    if before is not None and same_policy and before.weights.files == weights.files:
        return before.layers
    index, stop = Index.of(importer.store), Stop()
    packed = pack(weights.files, importer.policy)
    known = {layer: index.layer(layer) for layer in packed}
    unknown = tuple(layer for layer in packed if known[layer] is None)
    if unknown:
        importer.meter.expect(f"Packing {weights.name}", sum(map(tar_size, unknown)))
    made: dict[int, LayerFacts] = {}

    def digest(number: int) -> None:
        advance: Advance = importer.meter.advancer(f"layer {number}", stop)
        made[number] = digested(importer.store, unknown[number], advance)
        index.remember_layer(made[number])

    side_by_side((partial(digest, number) for number in range(len(unknown))), stop)
    return (*(facts for facts in known.values() if facts is not None), *made.values())


def _dated(found: LockedWeight, lock: Lock) -> LockedWeight:
    """The time of an import that changed nothing is no news."""
    before = lock.find(found.name)
    if before is None or replace(found, imported_at=before.imported_at) != before:
        return found
    return before
