"""A plain image over the weights' blobs: what container runtimes pull, and Kubernetes mounts as a volume."""

from collections.abc import Iterable

from .canonical import compact
from .descriptor import OCI_MANIFEST, Blob, Manifest, descriptor
from .digest import short
from .files import WeightSet
from .layer import LayerFacts
from .manifest import by_digest

CONFIG_TYPE = "application/vnd.oci.image.config.v1+json"


def mountable_manifest(weights: WeightSet, layers: Iterable[LayerFacts], architecture: str) -> Manifest:
    """The files lie at the image's root, so a volume of it is mounted at the weights' target.

    Runtimes refuse an image of another architecture though nothing in it runs: hence one manifest for each, all over
    the same blobs. Needs the digest of the tar in every compressed layer; raw layers make no image.
    """
    ordered = by_digest(layers)
    config = _config(ordered, architecture)
    content = {
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "config": descriptor(config.media_type, config.size, config.digest),
        "layers": [descriptor(layer.media_type, layer.size, layer.digest) for layer in ordered],
    }
    return Manifest(OCI_MANIFEST, compact(content), config=config)


def mountable_tag(weights: WeightSet) -> str:
    return f"cogc-image.{weights.name}.{short(weights.set_digest)}"


def _config(layers: tuple[LayerFacts, ...], architecture: str) -> Blob:
    """No time and no history, so that the same files are the same image."""
    content = {
        "architecture": architecture,
        "os": "linux",
        "config": {},
        "rootfs": {"type": "layers", "diff_ids": [layer.diff_id for layer in layers]},
    }
    return Blob(CONFIG_TYPE, compact(content))
