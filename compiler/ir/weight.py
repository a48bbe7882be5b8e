"""Weight: what cog.yaml says of one set of a model's weights, and what the lock file holds of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .source import Span

LOCK = "weights.lock"
WEIGHTS = "weights.json"
WEIGHTS_FILE = "/.cog/weights.json"

# The paths of each layer of weights that an image holds itself.
Layers = tuple[tuple[str, ...], ...]
SourceKind = Literal["path", "file", "hub", "registry", "storage"]


@dataclass(frozen=True, slots=True)
class WeightSource:
    """`uri` is as written; `include` and `exclude` are globs as `.gitignore` has them, of which exclude wins."""

    uri: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Locked:
    """What weights.lock says of a set that was imported as cog.yaml has it now; `size` is in bytes."""

    digest: str
    files: int
    size: int
    span: Span


@dataclass(frozen=True, slots=True)
class Weight:
    """One entry of `weights`: an absolute, normal `target` that no other one lies in, and at least one source.

    `folders` are those of the project that are sources as a whole, so the image can be without them. `locked` is None
    until the files are imported, and again once the entry has changed.
    """

    name: str
    target: str
    sources: tuple[WeightSource, ...]
    span: Span
    folders: tuple[str, ...] = ()
    locked: Locked | None = None


@dataclass(frozen=True, slots=True)
class MountedWeights:
    """Files that a container finds at `target`, though the image has none of them; `digest` is that of the set."""

    name: str
    target: str
    digest: str


def lies_in_weights(path: str, weights: Iterable[Weight]) -> bool:
    """Whether a path of the project belongs to weights, so that it is in no image."""
    folders = (folder for weight in weights for folder in weight.folders)
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)
