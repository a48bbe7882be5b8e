"""Push: blobs, then the manifests over them: cog's, ModelPack's, a mountable image, and the index of a model."""

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from ...ir.codes.store import WEIGHTS_DIFFERENT
from ...ir.diagnostic import CompileError
from ...registry.blob import BlobSource
from ...registry.client import Fetched
from ...registry.publish import Named, publish
from ...registry.reference import Reference
from ...store.bring import Origin
from ...store.index import Index
from ...store.layers import opener, uncompressed
from ...store.store import Store
from ...weights.descriptor import Blob, Manifest
from ...weights.index import Image, model_index, platform_index
from ...weights.layer import LayerFacts
from ...weights.lock import LockedWeight
from ...weights.manifest import weight_manifest, weight_tag
from ...weights.modelpack import modelpack_manifest, modelpack_tag
from ...weights.mountable import mountable_manifest, mountable_tag
from .meter import Meter

_ARCHITECTURES = ("amd64", "arm64")


@dataclass(frozen=True, slots=True)
class Pushed:
    """`reference` is that of the weight manifest, by its digest."""

    name: str
    reference: Reference
    tags: tuple[str, ...]


def push_weights(store: Store, origin: Origin, locked: LockedWeight, meter: Meter) -> Pushed:
    """What the registry has already is not sent. The manifests come last.

    Raises CompileError (`weights-missing`, those of the registry); the same call goes on where this one stopped.
    """
    home = Reference(origin.registry.host, origin.repository)
    named = tuple(_manifests(home, store, locked))
    configs = (each.config for _, each in named if each.config is not None)
    blobs = (*(_layer(store, origin, layer) for layer in locked.layers), *map(_config, configs))
    meter.expect(f"Pushing {locked.name}", sum(blob.size for blob in {blob.digest: blob for blob in blobs}.values()))
    written = tuple(Named(place, each.media_type, each.content) for place, each in named)
    journal = store.root / "pushes"
    publish(origin.registry, origin.repository, blobs, written, journal, origin.settings, meter.watch)
    Index.of(store).remember_holder(home.host, home.repository, (layer.digest for layer in locked.layers))
    tags = tuple(place.tag for place, _ in named if place.tag)
    return Pushed(locked.name, replace(home, digest=locked.digest), tags)


def push_index(origin: Origin, target: Reference, images: Iterable[str], weights: Iterable[LockedWeight]) -> str:
    """Makes the name `target` the index of images and weights, all of which have to be there; gives its digest.

    `images` are the digests under which they were pushed, one for each platform. Whoever asks for the name meanwhile
    gets what it stood for before: one request changes it. Several images beside weights have a tag of their own, as one
    has that is pushed so. Raises CompileError (those of the registry).
    """
    registry, tag = origin.registry, target.tag or "latest"
    found = tuple(registry.get_manifest(replace(target, digest=image)) for image in images)
    listed = tuple(image for each in found for image in _images(origin, each))
    sets = tuple((each.weights, each.layers) for each in weights)
    if sets and len(found) > 1:
        alone = model_index(listed, ())
        registry.put_manifest(target.with_tag(f"cog-image.{tag}"), alone.content, alone.media_type)
    index = model_index(listed, sets)
    return registry.put_manifest(target.with_tag(tag), index.content, index.media_type)


def _manifests(home: Reference, store: Store, locked: LockedWeight) -> Iterator[tuple[Reference, Manifest]]:
    """The reference's own last: whoever finds it finds the others."""
    weights, layers = locked.weights, tuple(map(partial(uncompressed, store), locked.layers))
    yield home.with_tag(modelpack_tag(weights)), modelpack_manifest(weights, layers)
    if all(layer.kind != "raw" for layer in layers):
        images = tuple((name, mountable_manifest(weights, layers, name)) for name in _ARCHITECTURES)
        for _, image in images:
            yield replace(home, digest=image.digest), image
        yield home.with_tag(mountable_tag(weights)), platform_index(images)
    yield home.with_tag(weight_tag(weights)), _same(weight_manifest(weights, layers), locked)


def _same(manifest: Manifest, locked: LockedWeight) -> Manifest:
    """Another tool may write another manifest over the same layers; the lock's is the one that counts."""
    if manifest.digest == locked.digest:
        return manifest
    message = f"the manifest of the weights {locked.name!r} in weights.lock is not the one that cogc writes"
    raise CompileError([WEIGHTS_DIFFERENT.bare(message, help="import them again: `cogc weights import`")])


def _layer(store: Store, origin: Origin, layer: LayerFacts) -> BlobSource:
    holders = Index.of(store).holders(origin.registry.host, layer.digest)
    mounts = tuple(repository for repository in holders if repository != origin.repository)
    return BlobSource(layer.digest, layer.size, layer.media_type, opener(store, layer.layer), mounts)


def _config(blob: Blob) -> BlobSource:
    return BlobSource(blob.digest, blob.size, blob.media_type, lambda offset: io.BytesIO(blob.content[offset:]))


def _images(origin: Origin, found: Fetched) -> Iterator[Image]:
    """A pushed image by what the registry says of it; of an index, the images in it."""
    content = json.loads(found.content)
    if "manifests" not in content:
        config = content["config"]
        facts = json.loads(origin.registry.get_blob(origin.repository, config["digest"], config["size"]))
        yield Image(found.media_type, found.digest, len(found.content), facts["architecture"], facts["os"])
    for one in content.get("manifests", ()):
        platform = one.get("platform", {})
        if platform.get("os", "unknown") != "unknown":
            yield Image(one["mediaType"], one["digest"], one["size"], platform["architecture"], platform["os"])
