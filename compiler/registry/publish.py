"""Publish: blobs first, then the manifests that name them, in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .blob import BlobSource
from .client import Registry
from .progress import Watch, unwatched
from .push import push_blobs
from .reference import Reference
from .settings import Settings


@dataclass(frozen=True, slots=True)
class Named:
    """The exact bytes of a manifest or an index, and where they go."""

    reference: Reference
    media_type: str
    content: bytes


def publish(
    registry: Registry,
    repository: str,
    blobs: Iterable[BlobSource],
    manifests: Iterable[Named],
    journal: Path,
    settings: Settings,
    watch: Watch = unwatched,
) -> tuple[str, ...]:
    """The digests of the manifests. No reader ever finds a manifest whose blobs are not there.

    An index comes after what it names. Raises CompileError.
    """
    push_blobs(registry, repository, blobs, journal, settings, watch)
    return tuple(registry.put_manifest(named.reference, named.content, named.media_type) for named in manifests)
