"""The lines of the requirements file that the image installs."""

from collections.abc import Iterator

from ..ir.plan import Line
from ..ir.requirement import Package, RequirementLine
from ..ir.rows import TensorFlow, TorchBuild, version
from ..ir.space import TORCH_FAMILY, Ask, Space
from ..ir.why import Derived, Why, Written
from .answers import chosen_release


def lines(space: Space) -> tuple[Line, ...]:
    """Where torch comes from, then the user's lines in order, changed only where a rule says so."""
    return (*_sources(space), *(_line(space, line) for line in space.spec.requirements))


def _sources(space: Space) -> Iterator[Line]:
    asks = space.asked(*TORCH_FAMILY, python=space.pythons[0])
    if space.torch is None or space.own_index or all(ask.line.requirement.url for ask in asks):
        return
    build = space.torch.candidates[0]
    if build.links:
        yield Line(f"--find-links {build.links}", _why_source(build))
    if build.index:
        yield Line(f"--extra-index-url {build.index}", _why_source(build))


def _why_source(build: TorchBuild) -> Why:
    fact = build.place.fact(f"torch {build} comes from {build.index or build.links}")
    if "torch" not in build.assumed:
        return fact
    return Derived("no row says where this build is; the official index of its kind has had all so far", (fact,))


def _line(space: Space, line: RequirementLine) -> Line:
    ask = next((ask for ask in space.asks if ask.line is line), None)
    if ask is None or space.pythons[0] not in ask.pythons or ask.line.requirement.url:
        return Line(line.text, Written(line.span))
    if ask.name in TORCH_FAMILY and space.torch is not None:
        return _torch_line(space, ask, space.torch.candidates[0])
    if ask.name == "tensorflow" and space.tensorflow is not None:
        return _tensorflow_line(space, ask, space.tensorflow.candidates[0])
    return Line(line.text, Written(line.span))


def _torch_line(space: Space, ask: Ask, build: TorchBuild) -> Line:
    release = chosen_release(space, build, ask.name)
    local = _local(space, ask, build)
    if not release or build.is_unknown or _says_it_already(space, ask, local):
        return Line(ask.line.text, Written(ask.line.span))
    fact = build.place.fact(f"torch {build} has {ask.name} {release}")
    pinned = f"{release}+{local}" if local else release
    return Line(_pinned(ask.line, pinned), Derived("pinned to the build that was chosen", (fact, ask.why)))


def _says_it_already(space: Space, ask: Ask, local: str) -> bool:
    """`===` compares texts, so it would pass over the wheels of an index, which have a local part."""
    exact = bool(ask.pin) and not str(ask.specifier).startswith("===")
    return exact and (space.own_index or version(ask.pin).local == (local or None))


def _local(space: Space, ask: Ask, build: TorchBuild) -> str:
    """A page of links lists all builds and the highest local part would win; an index has builds of one kind."""
    return build.local if build.links and not space.own_index and ask.name != "torchaudio" else ""


def _tensorflow_line(space: Space, ask: Ask, row: TensorFlow) -> Line:
    extras = frozenset({row.extra} if space.gpu_tensorflow is not None and row.brings_cuda else ())
    if (ask.pin or row.assumed) and extras <= ask.line.requirement.extras:
        return Line(ask.line.text, Written(ask.line.span))
    fact = row.place.fact(f"tensorflow {row.release} is built with CUDA {row.cuda} and cuDNN {row.cudnn}")
    text = "no image has its CUDA and cuDNN, so they come as wheels" if extras else "pinned to the chosen release"
    return Line(_pinned(ask.line, row.release, extras), Derived(text, (fact, ask.why)))


def _pinned(line: Package, version: str, extras: frozenset[str] = frozenset()) -> str:
    requirement = line.requirement
    wanted = ",".join(sorted({*requirement.extras, *extras}))
    name = f"{requirement.name}[{wanted}]" if wanted else requirement.name
    marker = f" ; {requirement.marker}" if requirement.marker else ""
    return " ".join((f"{name}=={version}{marker}", *line.options))
