"""Files of a project -> which of them are weights, and in which layers they lie."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..ir.weight import Layers

# Bytes: what is smaller costs next to nothing where it is.
_LEAST = 10 * 1024 * 1024
_CODE = frozenset({".ipynb", ".py"})
_NO_WEIGHTS = _CODE | frozenset(
    {".whl", ".log"}
    | {".bmp", ".gif", ".heic", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp"}
    | {".avi", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".webm", ".wmv"}
    | {".aac", ".aiff", ".flac", ".m4a", ".mp3", ".ogg", ".opus", ".wav", ".wma"}
)
# An image has at most 127 layers, and its base has some of them.
_MOST = 40


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """A file that goes into the image: its path from the project's root, its size in bytes."""

    path: str
    size: int


def weights_layers(files: Iterable[ProjectFile]) -> Layers:
    """The paths of each layer: a folder with weights and without code is one, a file anywhere else is one.

    In a folder that holds code, too, only the weights themselves are taken out of the source.
    """
    known = tuple(files)
    big = tuple(PurePosixPath(file.path) for file in known if _is_weights(file))
    folders = tuple(_outermost({path.parent for path in big} - _with_code(known)))
    singles = tuple(path for path in big if not set(folders) & set(path.parents))
    layers = (*((str(folder),) for folder in folders), *((str(path),) for path in sorted(singles)))
    return layers if len(layers) <= _MOST else (tuple(path for layer in layers for path in layer),)


def _is_weights(file: ProjectFile) -> bool:
    return file.size >= _LEAST and PurePosixPath(file.path).suffix.lower() not in _NO_WEIGHTS


def _with_code(files: Iterable[ProjectFile]) -> set[PurePosixPath]:
    """The folders that hold code, at any depth; the root always does."""
    code = (path for path in (PurePosixPath(file.path) for file in files) if path.suffix.lower() in _CODE)
    return {PurePosixPath("."), *(folder for path in code for folder in path.parents)}


def _outermost(folders: set[PurePosixPath]) -> Iterator[PurePosixPath]:
    return (folder for folder in sorted(folders) if not folders & set(folder.parents))
