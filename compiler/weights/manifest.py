"""The weight manifest of cog, version 1: one set of weights as an OCI artifact."""

from collections.abc import Iterable
from typing import Any

from .canonical import compact
from .descriptor import OCI_MANIFEST, Blob, Manifest, descriptor
from .digest import short
from .files import WeightSet
from .layer import LayerFacts

ARTIFACT_TYPE = "application/vnd.cog.weight.v1"
CONFIG_TYPE = "application/vnd.cog.weight.config.v1+json"
NAME = "run.cog.weight.name"
TARGET = "run.cog.weight.target"
SET_DIGEST = "run.cog.weight.set-digest"
UNCOMPRESSED = "run.cog.weight.size.uncompressed"


def weight_manifest(weights: WeightSet, layers: Iterable[LayerFacts]) -> Manifest:
    """Nothing in it depends on time, source or tool: the same files and layers give the same digest."""
    ordered = by_digest(layers)
    config = weight_config(weights, ordered)
    content = {
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "artifactType": ARTIFACT_TYPE,
        "config": descriptor(config.media_type, config.size, config.digest),
        "layers": [_layer(layer) for layer in ordered],
        "annotations": {NAME: weights.name, SET_DIGEST: weights.set_digest, TARGET: weights.target},
    }
    return Manifest(OCI_MANIFEST, compact(content), ARTIFACT_TYPE, config)


def weight_config(weights: WeightSet, layers: Iterable[LayerFacts]) -> Blob:
    """The list of files, with the layer that each one travels in."""
    homes = {file.path: layer.digest for layer in layers for file in layer.entries}
    files = [
        {"path": file.path, "layer": homes[file.path], "size": file.size, "digest": file.digest}
        for file in weights.files
    ]
    content = {"name": weights.name, "target": weights.target, "setDigest": weights.set_digest, "files": files}
    return Blob(CONFIG_TYPE, compact(content))


def weight_tag(weights: WeightSet) -> str:
    """The tag beside the model's own, in the same repository."""
    return f"cog-weight.{weights.name}.{short(weights.set_digest)}"


def by_digest(layers: Iterable[LayerFacts]) -> tuple[LayerFacts, ...]:
    """The order of layers in every manifest, so that the packing order does not show."""
    return tuple(sorted(layers, key=lambda layer: layer.digest))


def _layer(layer: LayerFacts) -> dict[str, Any]:
    annotations = {UNCOMPRESSED: str(layer.uncompressed_size)}
    return descriptor(layer.media_type, layer.size, layer.digest, annotations)
