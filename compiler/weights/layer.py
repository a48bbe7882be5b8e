"""LayerFacts: a layer whose bytes were read once, with what the manifests say of it."""

from dataclasses import dataclass

from .files import WeightFile
from .packing import Kind, Layer

MEDIA_TYPES: dict[Kind, str] = {
    "tar": "application/vnd.oci.image.layer.v1.tar",
    "tar+gzip": "application/vnd.oci.image.layer.v1.tar+gzip",
    "raw": "application/vnd.cncf.model.weight.v1.raw",
}
_KINDS = {media_type: kind for kind, media_type in MEDIA_TYPES.items()}


@dataclass(frozen=True, slots=True)
class LayerFacts:
    """`size` is of the blob, `uncompressed_size` of the files in it, both in bytes.

    `uncompressed_digest` is of the tar inside a compressed blob; blank where the blob is not compressed, or where
    nobody has looked inside.
    """

    digest: str
    size: int
    media_type: str
    uncompressed_size: int
    entries: tuple[WeightFile, ...]
    uncompressed_digest: str = ""

    @property
    def kind(self) -> Kind:
        """Raises KeyError for a media type that is not in MEDIA_TYPES."""
        return _KINDS[self.media_type]

    @property
    def layer(self) -> Layer:
        return Layer(self.kind, self.entries)

    @property
    def diff_id(self) -> str:
        """The digest of the uncompressed layer, by which images name it."""
        assert self.uncompressed_digest or self.kind != "tar+gzip", "the tar inside was not digested"
        return self.uncompressed_digest or self.digest


def facts(layer: Layer, digest: str, size: int, uncompressed_digest: str = "") -> LayerFacts:
    """The facts of a packed layer, once its blob was digested."""
    media_type = MEDIA_TYPES[layer.kind]
    return LayerFacts(digest, size, media_type, layer.content_size, layer.entries, uncompressed_digest)
