"""Rows as the wheels of an index tell them, one reader a table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from .libraries import Libraries, libraries, of_extra
from .release import Index, Release
from .table import JAX, ONNXRUNTIME, TENSORFLOW, TORCH, TORCH_WHEELS, Row, Table

Rows = dict[str, tuple[Row, ...]]
Read = Callable[[Index, Rows], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Reader:
    """`project` is the package whose releases the table has a row for; `read` gets all known rows by table."""

    table: Table
    project: str
    read: Read


def _since(index: Index, project: str, oldest: str) -> tuple[Release, ...]:
    return tuple(found for found in index.releases(project) if Version(found.version) >= Version(oldest))


def _torch_wheels(index: Index, known: Rows) -> Iterator[Row]:
    for release in _since(index, "torch", known["torch_wheels"][0]["torch"]):
        if (found := libraries(of_extra(index.requirements(release)))) is not None:
            row = {"torch": release.version, "cuda": str(found.cuda), "cudnn": str(found.cudnn)}
            yield {**row, "python": list(release.pythons)}


def _torch(index: Index, known: Rows) -> Iterator[Row]:
    """Releases of which the default wheel alone is known, or nothing: of other builds the index tells nothing."""
    listed = [row for row in known["torch"] if "local" in row]
    for release in _since(index, "torch", listed[-1]["torch"]):
        found = libraries(of_extra(index.requirements(release)))
        if found is None or release.version == listed[-1]["torch"]:
            continue
        companions = _companions(index, "torchvision", listed[-1]["torchvision"][-1], release)
        if companions:
            yield _torch_row(release, found, companions, known["torch"][-1])


def _torch_row(release: Release, found: Libraries, companions: tuple[Release, ...], last: Row) -> Row:
    """torchaudio ended with a release that names no torch, so it is assumed to be that of the last row."""
    both = [python for python in release.pythons if companions[0].suits(python)]
    alone = {"python_alone": list(release.pythons)} if both != list(release.pythons) else {}
    return {
        "torch": release.version,
        "cuda": found.cuda_minor,
        "torchvision": [companion.version for companion in companions],
        "torchaudio": last["torchaudio"],
        "python": both,
        **alone,
        "assumed": ["torchaudio"],
    }


def _companions(index: Index, project: str, oldest: str, torch: Release) -> tuple[Release, ...]:
    """The releases of a package that ask for a torch which this one is, the newest first."""
    found = reversed(_since(index, project, oldest))
    return tuple(release for release in found if _asks_for(index, release, torch))


def _asks_for(index: Index, release: Release, torch: Release) -> bool:
    wanted = (need.specifier for need in index.requirements(release) if canonicalize_name(need.name) == "torch")
    return any(specifier and specifier.contains(torch.version) for specifier in wanted)


def _tensorflow(index: Index, known: Rows) -> Iterator[Row]:
    pairs = {(image["cuda"].rpartition(".")[0], image["cudnn"]) for image in known["cuda_images"]}
    for release in _since(index, "tensorflow", known["tensorflow"][0]["tensorflow"]):
        row: Row = {"tensorflow": release.version, "python": list(release.pythons)}
        extra = of_extra(index.requirements(release), "and-cuda")
        found = libraries(extra)
        if found is not None:
            row |= {"cuda": found.cuda_minor, "cudnn": found.cudnn_minor, "extra": "and-cuda"}
            row |= {} if (found.cuda_minor, str(found.cudnn.major)) in pairs else {"without_image": True}
        yield row


def _jax(index: Index, known: Rows) -> Iterator[Row]:
    for release in _since(index, "jax", known["jax"][0]["jax"]):
        for need in index.requirements(release):
            name = canonicalize_name(need.name)
            extra = name.removeprefix("jax-").removesuffix("-plugin")
            if name.startswith("jax-cuda") and need.extras and of_extra([need], extra):
                yield from _jax_row(index, release, need, extra)


def _jax_row(index: Index, release: Release, need: Requirement, extra: str) -> Iterator[Row]:
    """Nothing where the plugin that the extra names has no release yet."""
    plugins = [
        found for found in index.releases(canonicalize_name(need.name)) if need.specifier.contains(found.version)
    ]
    found = libraries(of_extra(index.requirements(plugins[-1]), *need.extras)) if plugins else None
    if found is not None:
        row = {"jax": release.version, "cuda": found.cuda_minor, "cudnn": found.cudnn_minor}
        yield {**row, "python": list(plugins[-1].pythons), "extras": [extra]}


def _onnxruntime(index: Index, known: Rows) -> Iterator[Row]:
    for release in _since(index, "onnxruntime-gpu", known["onnxruntime"][0]["onnxruntime-gpu"]):
        row: Row = {"onnxruntime-gpu": release.version, "python": list(release.pythons)}
        found = libraries(of_extra(index.requirements(release), "cuda", "cudnn"))
        if found is not None:
            row |= {"cuda": found.cuda_minor, "cudnn": found.cudnn_minor, "extras": ["cuda", "cudnn"]}
        yield row


READERS = (
    Reader(TORCH, "torch", _torch),
    Reader(TORCH_WHEELS, "torch", _torch_wheels),
    Reader(TENSORFLOW, "tensorflow", _tensorflow),
    Reader(JAX, "jax", _jax),
    Reader(ONNXRUNTIME, "onnxruntime-gpu", _onnxruntime),
)
