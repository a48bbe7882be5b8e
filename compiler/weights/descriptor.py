"""Blob, Manifest and the descriptors that point at them, in the order of keys that cog's registry library writes."""

from dataclasses import dataclass
from typing import Any

from .digest import digest_of

OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
OCI_INDEX = "application/vnd.oci.image.index.v1+json"


@dataclass(frozen=True, slots=True)
class Blob:
    """A small blob, such as a configuration, with its bytes."""

    media_type: str
    content: bytes

    @property
    def digest(self) -> str:
        return digest_of(self.content)

    @property
    def size(self) -> int:
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The exact bytes of a manifest or index; `artifact_type` is blank for what is none.

    `config` has to be in the registry before it, like the layers; an index has none.
    """

    media_type: str
    content: bytes
    artifact_type: str = ""
    config: Blob | None = None

    @property
    def digest(self) -> str:
        return digest_of(self.content)

    @property
    def size(self) -> int:
        return len(self.content)


def descriptor(
    media_type: str,
    size: int,
    digest: str,
    annotations: dict[str, str] | None = None,
    platform: dict[str, str] | None = None,
    artifact_type: str = "",
) -> dict[str, Any]:
    """What stands in a manifest for a blob, or in an index for a manifest; blank parts are left out."""
    optional = {"annotations": _sorted(annotations or {}), "platform": platform, "artifactType": artifact_type}
    present = {key: value for key, value in optional.items() if value}
    return {"mediaType": media_type, "size": size, "digest": digest, **present}


def _sorted(annotations: dict[str, str]) -> dict[str, str]:
    return dict(sorted(annotations.items()))
