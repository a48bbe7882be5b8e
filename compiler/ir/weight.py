"""Weight: what cog.yaml says of one set of a model's weights, and what the lock file holds of it."""

from dataclasses import dataclass
from typing import Literal

from .source import Span

SourceKind = Literal["folder", "file", "hub", "registry", "storage"]


@dataclass(frozen=True, slots=True)
class WeightSource:
    """`uri` is as written; `include` and `exclude` are globs as `.gitignore` has them, of which exclude wins."""

    uri: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LockedDigest:
    """The digest of a set's files, and where the lock file has it."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Weight:
    """One entry of `weights`: an absolute `target` that no other one lies in, and at least one source.

    `locked` is None until the files are imported.
    """

    name: str
    target: str
    sources: tuple[WeightSource, ...]
    span: Span
    locked: LockedDigest | None = None
