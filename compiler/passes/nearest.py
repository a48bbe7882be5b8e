"""The nearest change that would resolve a contradiction: one statement is taken back and the rest solved again."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..compat import Compat
from ..ir.requirement import Package, Requirement
from ..ir.rows import GpuRelease, TensorFlow, TorchBuild, minor, version
from ..ir.source import Span
from ..ir.space import TORCH_FAMILY, Ask, Space
from ..ir.spec import Spec, Stated
from ..ir.why import Written
from .answers import chosen_release
from .choose import ORDER, Rank, choose
from .narrow import Contradiction, narrow
from .opening import opening

if TYPE_CHECKING:
    from packaging.version import Version

_NEIGHBOURS = 2  # on each side


def near_releases(contradiction: Contradiction) -> str:
    """The known releases around a version that nothing has; blank when there is no one version to compare with."""
    for ask in contradiction.space.certain(*TORCH_FAMILY, "tensorflow", "jax", "onnxruntime-gpu"):
        ordered = sorted(_known(contradiction, ask.name), key=version)
        if ask.pin and ordered and not any(ask.accepts(release) for release in ordered):
            return _around(ordered, ask.pin)
    return ""


def _known(contradiction: Contradiction, name: str) -> set[str]:
    rows = contradiction.domain.everything
    if name not in TORCH_FAMILY:
        return {row.release for row in rows if isinstance(row, TensorFlow | GpuRelease)}
    return {release for row in rows if isinstance(row, TorchBuild) for release in row.releases(name)}


def _around(ordered: list[str], pin: str) -> str:
    place = bisect_left(ordered, version(pin), key=version)
    return f"known near it: {', '.join(ordered[max(place - _NEIGHBOURS, 0) : place + _NEIGHBOURS])}"


def _distance(known: Set[str], found: "Version", wanted: "Version") -> int:
    low, high = sorted((found, wanted))
    return sum(low <= version(text) < high for text in known)


def ways_out(contradiction: Contradiction, compat: Compat, causes: tuple[Written, ...]) -> str:
    """Single changes, each of which works; blank when none does."""
    spans = {cause.span for cause in causes}
    found = tuple(_changes(contradiction, compat, spans))
    return f"{', or '.join(found)}" if found else "change more than one of these: no single change is enough"


def _changes(contradiction: Contradiction, compat: Compat, spans: set[Span]) -> Iterator[str]:
    space = contradiction.space
    spec = space.spec
    if spec.python_version and spec.python_version.span in spans:
        yield from _try_python(replace(spec, python_version=None), compat)
    if contradiction.rule == "accelerator":
        yield from _try_gpu(spec, compat)
    if spec.cuda_image and spec.cuda_image.span in spans and _solved(replace(spec, cuda_image=None), compat):
        yield "set build.cuda_image to runtime or devel"
    if spec.cuda and spec.cuda.span in spans:
        yield from _try_cuda(replace(spec, cuda=None), spec.cuda.value, compat)
    if spec.cudnn and spec.cudnn.span in spans:
        yield from _try_cudnn(replace(spec, cudnn=None), compat)
    if spec.concurrency and spec.concurrency.span in spans and _solved(replace(spec, concurrency=None), compat):
        yield "set concurrency.max to 1"
    for ask in space.asks:
        if ask.line.span in spans and ask.specifier:
            yield from _try_line(spec, ask, compat)


def _solved(spec: Spec, compat: Compat, ranks: Mapping[str, Rank] = ORDER) -> Space | None:
    try:
        return choose(opening(spec, compat), ranks)
    except Contradiction:
        return None


def _try_python(spec: Spec, compat: Compat) -> Iterator[str]:
    if space := _solved(spec, compat):
        yield f'set build.python_version to "{space.pythons[0]}"'


def _try_gpu(spec: Spec, compat: Compat) -> Iterator[str]:
    other = not spec.uses_gpu
    if _solved(replace(spec, gpu=Stated(other, spec.config.start())), compat):
        yield f"set build.gpu to {str(other).lower()}"


def _try_cuda(spec: Spec, stated: str, compat: Compat) -> Iterator[str]:
    if not _solved(spec, compat):
        return
    image = narrow(opening(spec, compat)).image
    if image is not None:
        cudas = sorted({minor(found.cuda) for found in image.candidates}, key=version)
        alike = [cuda for cuda in cudas if cuda.split(".")[0] == stated.split(".")[0]]
        quoted = " or ".join(f'"{cuda}"' for cuda in alike or cudas)
        yield f"set build.cuda to {quoted}"


def _try_cudnn(spec: Spec, compat: Compat) -> Iterator[str]:
    space = _solved(spec, compat)
    if space and space.image:
        yield f'set build.cudnn to "{space.image.candidates[0].cudnn}"'


def _try_line(spec: Spec, ask: Ask, compat: Compat) -> Iterator[str]:
    """The release nearest to the one that the line names, a newer one before an older one."""
    bare = _bare(ask.line)
    loosened = replace(spec, requirements=tuple(bare if line is ask.line else line for line in spec.requirements))
    space = _solved(loosened, compat, _near(ask))
    if space is None:
        return
    domain = space.framework(ask.name)
    if ask.name not in TORCH_FAMILY and domain is not None:
        yield f"ask for {ask.package}=={domain.candidates[0].release}"
    if ask.name in TORCH_FAMILY and space.torch is not None:
        release = chosen_release(space, space.torch.candidates[0], ask.name)
        yield f"ask for {ask.name}=={release}" if release else f"leave {ask.name} without a version"


def _bare(line: Package) -> Package:
    from packaging.requirements import Requirement as Parts
    from packaging.specifiers import SpecifierSet

    parts = Parts(line.requirement.text)
    parts.specifier, parts.url = SpecifierSet(), None
    return replace(line, requirement=Requirement(str(parts)))


def _near(ask: Ask) -> Mapping[str, Rank]:
    """Nearness to the version that the line names before all other preferences."""
    if not ask.pin or ask.name in TORCH_FAMILY[1:]:
        return ORDER
    field = "onnxruntime" if ask.name == "onnxruntime-gpu" else ask.name
    wanted = version(version(ask.pin).public)

    def rank(space: Space, row: TorchBuild | TensorFlow | GpuRelease) -> Any:
        usual = ORDER[field](space, row)
        found = version(row.release)
        distance = _distance({other.release for other in _everything(space, ask.name)}, found, wanted)
        return found == wanted, usual[0], found >= wanted, -distance, usual

    return {field: rank, **{name: usual for name, usual in ORDER.items() if name != field}}


def _everything(space: Space, name: str) -> tuple[TorchBuild | TensorFlow | GpuRelease, ...]:
    domain = space.framework(name)
    return () if domain is None else domain.everything
