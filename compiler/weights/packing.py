"""Packing: which files travel in which layer. The same files give the same layers, in any order and on any machine."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Literal

from .digest import digest_of
from .files import WeightFile

Kind = Literal["tar", "tar+gzip", "raw"]

MIB = 1 << 20
_REVISION = 1  # raised when the bytes of a layer change though no field of the policy does


@dataclass(frozen=True, slots=True)
class Policy:
    """Files of `large` bytes and more travel alone and uncompressed; smaller ones share bundles of `bundle` bytes.

    `bundles` is how these are packed: plain tar by default, as no two releases of a compressor promise the same bytes.
    With `raw` each content is a layer by itself, with no tar around it.
    """

    large: int = 64 * MIB
    bundle: int = 256 * MIB
    bundles: Literal["tar", "tar+gzip"] = "tar"
    layout: Literal["tar", "raw"] = "tar"

    @property
    def envelope(self) -> str:
        """Tells whether layer digests that were recorded still hold: equal as long as nothing here changes.

        It is the SHA-256 of the policy's fields and the revision of the format, as JSON with sorted keys.
        """
        facts = {"producer": "cogc", "revision": _REVISION, **asdict(self)}
        return digest_of(json.dumps(facts, sort_keys=True, separators=(",", ":")).encode())


@dataclass(frozen=True, slots=True)
class Layer:
    """`entries` are sorted by path; those of a raw layer have all the same content, which is there once."""

    kind: Kind
    entries: tuple[WeightFile, ...]

    @property
    def content_size(self) -> int:
        """Bytes of the files, without what a tar adds."""
        return self.entries[0].size if self.kind == "raw" else sum(file.size for file in self.entries)


def pack(files: Iterable[WeightFile], policy: Policy) -> tuple[Layer, ...]:
    """Every file in exactly one layer: the bundles, then the large files, each in the order of their paths."""
    ordered = sorted(files, key=lambda file: file.path)
    if policy.layout == "raw":
        return tuple(Layer("raw", entries) for entries in _contents(ordered))
    small = (file for file in ordered if file.size < policy.large)
    bundles = (Layer(policy.bundles, entries) for entries in _bundles(small, policy.bundle))
    return (*bundles, *(Layer("tar", (file,)) for file in ordered if file.size >= policy.large))


def _contents(files: Iterable[WeightFile]) -> Iterator[tuple[WeightFile, ...]]:
    groups: dict[str, list[WeightFile]] = {}
    for file in files:
        groups.setdefault(file.digest, []).append(file)
    yield from map(tuple, groups.values())


def _bundles(files: Iterable[WeightFile], most: int) -> Iterator[tuple[WeightFile, ...]]:
    """Neighbours by path, as many as fit; a file that is too big for any bundle has one of its own."""
    group: list[WeightFile] = []
    size = 0
    for file in files:
        if group and size + file.size > most:
            yield tuple(group)
            group, size = [], 0
        group.append(file)
        size += file.size
    if group:
        yield tuple(group)
