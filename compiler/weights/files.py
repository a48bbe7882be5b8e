"""WeightFile and WeightSet: what a model's weights are, whatever the layers that carry them."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..ir.codes.weights import WEIGHT_FILE_DIGEST, WEIGHT_FILE_NAME
from ..ir.diagnostic import CompileError, Diagnostic
from .digest import digest_of, is_digest
from .names import bad_names


@dataclass(frozen=True, slots=True)
class WeightFile:
    """`path` counts from the set's folder, `size` is in bytes, `digest` is `sha256:` of the content."""

    path: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class WeightSet:
    """The files that are found under `target`. They stand sorted by path, and every name is sound.

    Raises CompileError (`weight-file-name`, `weight-file-digest`).
    """

    name: str
    target: str
    files: tuple[WeightFile, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "files", tuple(sorted(self.files, key=lambda file: file.path)))
        check_files(self.name, self.files)

    @property
    def set_digest(self) -> str:
        return set_digest(self.files)

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files)


def set_digest(files: Iterable[WeightFile]) -> str:
    """The digest of the folder that the files make, however they are packed.

    The lines `HEX  PATH` are sorted as whole lines, so by the hex first: that is what cog does, though its text says
    that the path counts. No line end after the last one.
    """
    lines = sorted(f"{file.digest.removeprefix('sha256:')}  {file.path}" for file in files)
    return digest_of("\n".join(lines).encode())


def check_files(name: str, files: Iterable[WeightFile]) -> None:
    """Raises CompileError (`weight-file-name`, `weight-file-digest`) with every fault of a set's files."""
    given = tuple(files)
    faults = _name_faults(name, (file.path for file in given))
    for file in given:
        if not is_digest(file.digest) or file.size < 0:
            message = f"weights {name!r}: the file {file.path!r} has the digest {file.digest!r} and size {file.size}"
            faults.append(WEIGHT_FILE_DIGEST.bare(message, help="import the weights again: `cogc weights import`"))
    if faults:
        raise CompileError(faults)


def check_paths(name: str, paths: Iterable[str]) -> None:
    """The same of files that were not read yet. Raises CompileError (`weight-file-name`)."""
    if faults := _name_faults(name, paths):
        raise CompileError(faults)


def _name_faults(name: str, paths: Iterable[str]) -> list[Diagnostic]:
    help = "rename the file, or leave it out with `exclude`"
    return [WEIGHT_FILE_NAME.bare(f"weights {name!r}: the file {bad}", help=help) for bad in bad_names(paths)]
