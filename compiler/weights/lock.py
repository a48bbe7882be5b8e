"""weights.lock, version 1, as cog writes it: which files and layers the weights of a project are."""

from dataclasses import dataclass, replace
from typing import Any

from ..ir.weight import LOCK as LOCK
from ..ir.weight import WeightSource
from .canonical import indented
from .files import WeightFile, WeightSet
from .layer import LayerFacts

VERSION = 1


@dataclass(frozen=True, slots=True)
class LockedSource:
    """`fingerprint` tells whether the source changed, without reading it; its form is the source's own."""

    source: WeightSource
    fingerprint: str


@dataclass(frozen=True, slots=True)
class LockedWeight:
    """`digest` is the weight manifest's; `imported_at` an RFC 3339 time, kept as it was written.

    Layers stand sorted by digest, and every file of the set is in exactly one of them.
    """

    weights: WeightSet
    sources: tuple[LockedSource, ...]
    imported_at: str
    digest: str
    layers: tuple[LayerFacts, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", tuple(sorted(self.layers, key=lambda layer: layer.digest)))

    @property
    def name(self) -> str:
        return self.weights.name

    @property
    def size_compressed(self) -> int:
        """Bytes of all blobs together."""
        return sum(layer.size for layer in self.layers)


@dataclass(frozen=True, slots=True)
class Lock:
    """`envelope` is that of the policy by which the layers were packed; another one makes them worthless."""

    envelope: str
    weights: tuple[LockedWeight, ...] = ()

    def find(self, name: str) -> LockedWeight | None:
        return next((each for each in self.weights if each.name == name), None)

    def put(self, weight: LockedWeight) -> "Lock":
        """With the weight in the place of the one of its name, or at the end."""
        names = tuple(each.name for each in self.weights)
        if weight.name not in names:
            return replace(self, weights=(*self.weights, weight))
        return replace(self, weights=tuple(weight if each.name == weight.name else each for each in self.weights))

    def without(self, name: str) -> "Lock":
        return replace(self, weights=tuple(each for each in self.weights if each.name != name))


def lock_text(lock: Lock) -> bytes:
    """The file's bytes. Reading and writing a file that cog or cogc wrote gives the same bytes again."""
    weights = [_weight(each) for each in lock.weights]
    return indented({"version": VERSION, "envelopeFormat": lock.envelope, "weights": weights})


def _weight(locked: LockedWeight) -> dict[str, Any]:
    homes = {file.path: layer.digest for layer in locked.layers for file in layer.entries}
    return {
        "name": locked.name,
        "target": locked.weights.target,
        "sources": [_source(each) for each in locked.sources],
        "importedAt": locked.imported_at,
        "digest": locked.digest,
        "setDigest": locked.weights.set_digest,
        "size": locked.weights.size,
        "sizeCompressed": locked.size_compressed,
        "files": [_file(file, homes[file.path]) for file in locked.weights.files],
        "layers": [_layer(layer) for layer in locked.layers],
    }


def _source(locked: LockedSource) -> dict[str, Any]:
    source = locked.source
    return {
        "uri": source.uri,
        "fingerprint": locked.fingerprint,
        "include": list(source.include),
        "exclude": list(source.exclude),
    }


def _file(file: WeightFile, layer: str) -> dict[str, Any]:
    return {"path": file.path, "size": file.size, "digest": file.digest, "layer": layer}


def _layer(layer: LayerFacts) -> dict[str, Any]:
    return {
        "digest": layer.digest,
        "mediaType": layer.media_type,
        "size": layer.size,
        "sizeUncompressed": layer.uncompressed_size,
    }
