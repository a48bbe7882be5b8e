"""The lines of the requirements file that the image installs."""

from collections.abc import Iterator

from ..ir.plan import Line
from ..ir.requirement import Package, RequirementLine
from ..ir.rows import GpuRelease, TensorFlow, TorchBuild, version
from ..ir.space import TORCH_FAMILY, Ask, Space
from ..ir.why import Derived, Why, Written
from .answers import chosen_release
from .gpu_release import needs
from .jax import cuda_majors


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
    if ask.package == ask.name == "jax" and space.jax is not None:
        return _jax_line(space, ask, space.jax.candidates[0])
    if ask.name == "onnxruntime-gpu" and space.onnxruntime is not None:
        return _onnxruntime_line(space, ask, space.onnxruntime.candidates[0])
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
    in_wheels = row.brings_cuda or space.spec.cuda_in_wheels
    wanted = space.gpu_tensorflow is not None and ask.package == "tensorflow" and in_wheels
    fact = row.place.fact(f"tensorflow {row.release} is built with CUDA {row.cuda} and cuDNN {row.cudnn}")
    why_extra = "the image has not its CUDA and cuDNN, so they come as wheels"
    return _released(ask, row, (row.extra,) if wanted else (), Derived(why_extra, (fact, ask.why)))


def _jax_line(space: Space, ask: Ask, row: GpuRelease) -> Line:
    """Without an extra or a plugin JAX would run on the CPU."""
    plugged = any(cuda_majors(other) for other in space.asked("jax", python=space.pythons[0]))
    wanted = space.image is not None and not plugged
    why_extra = Derived("`gpu: true` asks for the build for CUDA", (row.place.fact(needs(row)), ask.why))
    return _released(ask, row, row.extras if wanted else (), why_extra)


def _onnxruntime_line(space: Space, ask: Ask, row: GpuRelease) -> Line:
    wanted = space.image is not None and space.spec.cuda_in_wheels
    text = "the image has no CUDA libraries, so they come as wheels; call onnxruntime.preload_dlls() before a session"
    return _released(ask, row, row.extras if wanted else (), Derived(text, (row.place.fact(needs(row)), ask.why)))


def _released(ask: Ask, row: TensorFlow | GpuRelease, extras: tuple[str, ...], why_extras: Why) -> Line:
    """The line with its release, and with extras where these are wanted; as it is where it says all that."""
    missing = frozenset(extras) - ask.line.requirement.extras
    if (ask.pin or row.assumed) and not missing:
        return Line(ask.line.text, Written(ask.line.span))
    fact = row.place.fact(f"{ask.name} {row.release} is known")
    why = why_extras if missing else Derived("pinned to the chosen release", (fact, ask.why))
    return Line(_pinned(ask.line, row.release, missing), why)


def _pinned(line: Package, version: str, extras: frozenset[str] = frozenset()) -> str:
    requirement = line.requirement
    wanted = ",".join(sorted({*requirement.extras, *extras}))
    name = f"{requirement.name}[{wanted}]" if wanted else requirement.name
    marker = f" ; {requirement.marker}" if requirement.marker else ""
    return " ".join((f"{name}=={version}{marker}", *line.options))
