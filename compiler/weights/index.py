"""Indexes: a model's images with its weights beside them, and one mountable image for several architectures."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .canonical import compact
from .descriptor import OCI_INDEX, Manifest, descriptor
from .files import WeightSet
from .layer import LayerFacts
from .manifest import NAME, SET_DIGEST, UNCOMPRESSED, weight_manifest

# What no runtime runs: those that look for their platform pass over it.
_NOWHERE = {"architecture": "unknown", "os": "unknown"}


@dataclass(frozen=True, slots=True)
class Image:
    """A pushed image, by what its registry says of it; `size` is of the manifest, in bytes."""

    media_type: str
    digest: str
    size: int
    architecture: str
    os: str = "linux"


def model_index(images: Iterable[Image], weights: Iterable[tuple[WeightSet, Iterable[LayerFacts]]]) -> Manifest:
    """The bundle that a model's name stands for: its images, then its weights, each in the order given."""
    sets = (_weights(found, weight_manifest(found, layers)) for found, layers in weights)
    return _index([*map(_image, images), *sets])


def platform_index(manifests: Iterable[tuple[str, Manifest]]) -> Manifest:
    """One image by the architectures that it is there for."""
    return _index(
        [
            descriptor(each.media_type, each.size, each.digest, platform={"architecture": architecture, "os": "linux"})
            for architecture, each in manifests
        ]
    )


def _image(image: Image) -> dict[str, Any]:
    platform = {"architecture": image.architecture, "os": image.os}
    return descriptor(image.media_type, image.size, image.digest, platform=platform)


def _weights(weights: WeightSet, manifest: Manifest) -> dict[str, Any]:
    annotations = {NAME: weights.name, SET_DIGEST: weights.set_digest, UNCOMPRESSED: str(weights.size)}
    return descriptor(
        manifest.media_type, manifest.size, manifest.digest, annotations, _NOWHERE, manifest.artifact_type
    )


def _index(manifests: list[dict[str, Any]]) -> Manifest:
    content = {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": manifests}
    return Manifest(OCI_INDEX, compact(content))
