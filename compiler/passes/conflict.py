"""Contradiction -> diagnostic: what cannot be had together, each cause at its place."""

from collections.abc import Callable, Iterator, Sequence, Set
from typing import Any

from ..compat import Compat
from ..ir.codes import resolution as codes
from ..ir.codes.config import CONCURRENCY_PYTHON, PYTHON_VERSION_UNSUPPORTED
from ..ir.diagnostic import Code, Diagnostic, Label
from ..ir.rows import GpuRelease, TensorFlow, TorchBuild, listing, version
from ..ir.source import Span
from ..ir.space import TORCH_FAMILY, Space
from ..ir.why import Derived, Fact, Why, Written
from .jax import cuda_majors
from .narrow import Contradiction
from .nearest import near_releases, ways_out


def explain_contradiction(contradiction: Contradiction, compat: Compat) -> Diagnostic:
    """An error whose main label is the last cause, with all others beside it and the nearest ways out as help."""
    causes = _causes(contradiction)
    code, message = _verdict(contradiction, causes)
    labels = tuple(Label(cause.span, _label(contradiction, cause)) for cause in causes)
    near = near_releases(contradiction) if code is codes.VERSION_UNKNOWN else ""
    return Diagnostic(code, message, labels, near or ways_out(contradiction, compat, causes))


def _causes(contradiction: Contradiction) -> tuple[Written, ...]:
    """What the user wrote that led here, the last cause first, each place once."""
    first: dict[Span, Written] = {}
    for cut in reversed(contradiction.domain.cuts):
        for leaf in _written(cut.why):
            first.setdefault(leaf.span, leaf)
    gpu = contradiction.space.spec.gpu
    if gpu is not None and contradiction.rule != "accelerator":
        first.pop(gpu.span, None)  # it took part, as always, but the builds of the other kind are of no interest
    return tuple(first.values())


def _label(contradiction: Contradiction, cause: Written) -> str:
    """A line needs no words that repeat it: beside it stands what the database says of its release."""
    asks = [ask for ask in contradiction.space.asks if ask.why == cause]
    if not asks:
        return cause.text
    last = [cut.why for cut in contradiction.domain.cuts if cut.rule == contradiction.rule]
    premises = [premise for why in last if isinstance(why, Derived) for premise in why.premises]
    facts = {premise.text for premise in premises if isinstance(premise, Fact)}
    fact = facts.pop() if len(facts) == 1 else ""
    if contradiction.rule == "companions":
        return fact if any(f"{ask.name} {ask.pin}" in fact for ask in asks) else ""
    return fact if contradiction.domain.question in {ask.name for ask in asks} else ""


def _written(why: Why) -> Iterator[Written]:
    if isinstance(why, Written):
        yield why
    if isinstance(why, Derived):
        for premise in why.premises:
            yield from _written(premise)


def _verdict(contradiction: Contradiction, causes: tuple[Written, ...]) -> tuple[Code, str]:
    if contradiction.rule not in _STATED and _is_between_frameworks(contradiction.space, causes):
        return codes.FRAMEWORKS_DISAGREE, _disagreement(contradiction, causes)
    return _VERDICTS[contradiction.rule](contradiction)


def _is_between_frameworks(space: Space, causes: tuple[Written, ...]) -> bool:
    """Several frameworks take part and nothing in the configuration does."""
    spans = {cause.span for cause in causes}
    lines = {ask.line.span for ask in space.asks}
    config = any(span.source == space.spec.config for span in spans - lines)
    return len(_frameworks(space, spans)) > 1 and not config


def _frameworks(space: Space, spans: Set[Span]) -> tuple[str, ...]:
    found = (ask.name for ask in space.asks if ask.line.span in spans)
    return tuple(dict.fromkeys("torch" if name in TORCH_FAMILY else name for name in found))


def _disagreement(contradiction: Contradiction, causes: tuple[Written, ...]) -> str:
    what = "Python" if contradiction.rule == "wheels" else "CUDA"
    names = sorted(_frameworks(contradiction.space, {cause.span for cause in causes}), key=_FRAMEWORKS.index)
    return f"{listed(tuple(names))}, as they are asked for, have no {what} in common"


def _python_unsupported(contradiction: Contradiction) -> tuple[Code, str]:
    stated = contradiction.space.spec.python_version
    return PYTHON_VERSION_UNSUPPORTED, f"Python {stated.value if stated else ''} is not in the database"


def _concurrency(contradiction: Contradiction) -> tuple[Code, str]:
    return CONCURRENCY_PYTHON, "no Python that is asked for can make predictions at the same time"


def _version_unknown(contradiction: Contradiction) -> tuple[Code, str]:
    name = contradiction.domain.question
    builds = [row for row in contradiction.domain.everything if isinstance(row, TorchBuild)]
    for ask in contradiction.space.certain("torch"):
        if "+" not in ask.pin:
            continue
        flavours = {build.flavour for build in builds if build.release == version(ask.pin).public}
        if flavours:
            has = listed(tuple(f"+{flavour}" for flavour in sorted(flavours)))
            return codes.CUDA_WITHOUT_BUILD, f"there is no build {ask.text} of torch, only {has}"
    asked = " and ".join(ask.text for ask in contradiction.space.certain(name))
    return codes.VERSION_UNKNOWN, f"no known release of {name} satisfies {asked}"


def _platform(contradiction: Contradiction) -> tuple[Code, str]:
    stated = contradiction.space.spec.platform
    kind = " for CUDA" if contradiction.space.spec.uses_gpu else ""
    platform = stated.value if stated is not None else "this platform"
    return codes.PLATFORM_WITHOUT_WHEELS, f"{_subject(contradiction)} has no wheels{kind} for {platform}"


def _accelerator(contradiction: Contradiction) -> tuple[Code, str]:
    kind = "CUDA" if contradiction.space.spec.uses_gpu else "the CPU"
    subject = _subject(contradiction)
    return codes.ACCELERATOR_MISMATCH, f"{subject}, as it is asked for, is no build for {kind}"


def _companions(contradiction: Contradiction) -> tuple[Code, str]:
    asks = contradiction.space.certain(*TORCH_FAMILY)
    builds = [row for row in contradiction.domain.everything if isinstance(row, TorchBuild)]
    alone = [ask for ask in asks if not any(ask.accepts_build(build) for build in builds)]
    if alone:
        return codes.VERSION_UNKNOWN, f"no known release of {alone[0].name} satisfies {alone[0].text}"
    return codes.COMPANIONS_DISAGREE, f"{listed(tuple(ask.text for ask in asks))} do not belong together"


def listed(texts: tuple[str, ...]) -> str:
    *most, last = texts
    return f"{', '.join(most)} and {last}" if most else last


def _wheels(contradiction: Contradiction) -> tuple[Code, str]:
    stated = contradiction.space.spec.python_version
    if contradiction.domain.question == "python":
        return codes.WHEELS_MISSING, "no Python suits all that is asked for"
    python = f"Python {stated.value}" if stated else "a Python that is possible here"
    companions = [ask.name for ask in contradiction.space.certain(*TORCH_FAMILY[1:])]
    partial = companions and any(
        isinstance(row, TorchBuild) and set(contradiction.space.pythons) & set(row.python_alone)
        for row in _last(contradiction)
    )
    subject = f"{listed(tuple(companions))} of {_subject(contradiction)}" if partial else _subject(contradiction)
    return codes.WHEELS_MISSING, f"{subject} has no wheels for {python}"


def _cuda(contradiction: Contradiction) -> tuple[Code, str]:
    spec = contradiction.space.spec
    parts = (f"CUDA {spec.cuda.value}" if spec.cuda else "", f"cuDNN {spec.cudnn.value}" if spec.cudnn else "")
    wanted = parts[:1] if contradiction.rule == "cuda" else parts
    return codes.CUDA_WITHOUT_IMAGE, f"no image has {' and '.join(part for part in wanted if part)}"


def _torch_cuda(contradiction: Contradiction) -> tuple[Code, str]:
    space = contradiction.space
    builds = [build for build in _last(contradiction) if isinstance(build, TorchBuild)]
    built = listing(tuple(build.cuda for build in builds))
    if space.spec.cuda is None:
        lacking = f"with cuDNN {space.spec.cudnn.value}" if space.spec.cudnn else "at all"
        message = f"{_subject(contradiction)} is built for CUDA {built}, which no image offers {lacking}"
        return codes.CUDA_WITHOUT_BUILD, message
    only = f", only for {built}" if len({build.release for build in builds}) == 1 else ""
    return codes.CUDA_WITHOUT_BUILD, f"{_subject(contradiction)} has no build for CUDA {space.spec.cuda.value}{only}"


def _tensorflow_cuda(contradiction: Contradiction) -> tuple[Code, str]:
    spec = contradiction.space.spec
    rows = [row for row in _last(contradiction) if isinstance(row, TensorFlow)]
    needs = f"CUDA {listing(tuple(row.cuda for row in rows))} with cuDNN {listing(tuple(r.cudnn_major for r in rows))}"
    stated = (f"CUDA {spec.cuda.value}" if spec.cuda else "", f"cuDNN {spec.cudnn.value}" if spec.cudnn else "")
    found = " and ".join(part for part in stated if part)
    if not found:
        return codes.CUDA_WITHOUT_IMAGE, f"{_subject(contradiction)} needs {needs}, which no image has"
    return codes.CUDA_DIFFERS_FROM_TENSORFLOW, f"{_subject(contradiction)} needs {needs}, not {found}"


def _cuda_image(contradiction: Contradiction) -> tuple[Code, str]:
    stated = contradiction.space.spec.cuda_image
    kind = f"`cuda_image: {stated.value}`" if stated else "this image"
    message = f"{_subject(contradiction)} does not bring its CUDA libraries, and {kind} has none"
    return codes.CUDA_LIBRARIES_MISSING, message


def _gpu_architectures(contradiction: Contradiction) -> tuple[Code, str]:
    wanted = listing(tuple(floor.capability for floor in contradiction.space.floors))
    kind = "image" if contradiction.domain.question == "base_image" else "build of torch"
    return codes.GPU_ARCHITECTURE_WITHOUT_BUILD, f"no {kind} that is possible here has kernels for {wanted}"


def _gpu_release(contradiction: Contradiction) -> tuple[Code, str]:
    rows = [row for row in contradiction.domain.everything if isinstance(row, GpuRelease)]
    if not rows:
        return codes.CUDA_WITHOUT_IMAGE, "no image suits all that is asked for"
    asks = contradiction.space.certain(rows[0].package)
    asked = [row for row in rows if all(ask.accepts(row.release) for ask in asks)]
    if not asked:
        return _version_unknown(contradiction)
    subject, majors = _releases(contradiction.domain.question, asked), listing(tuple(row.cuda_major for row in asked))
    named = set[str]().union(*(cuda_majors(ask) for ask in asks))
    if named - {row.cuda_major for row in asked}:
        return codes.CUDA_WITHOUT_BUILD, f"{subject} has no plugin for CUDA {listing(tuple(named))}, only for {majors}"
    needs = f"CUDA {majors} with cuDNN {listing(tuple(row.cudnn_major for row in asked))}"
    return codes.CUDA_WITHOUT_BUILD, f"{subject} is built for {needs}, which no image that is possible here has"


def _last(contradiction: Contradiction) -> tuple[Any, ...]:
    return tuple(cut.candidate for cut in contradiction.domain.cuts if cut.rule == contradiction.rule)


def _subject(contradiction: Contradiction) -> str:
    """`torch 2.0.1`, or the range of the releases that were the last to go."""
    rows = [row for row in _last(contradiction) if isinstance(row, TorchBuild | TensorFlow | GpuRelease)]
    return _releases(contradiction.domain.question, rows)


def _releases(name: str, rows: Sequence[TorchBuild | TensorFlow | GpuRelease]) -> str:
    releases = sorted({row.release for row in rows}, key=version)
    if not releases:
        return name
    return f"{name} {releases[0]}" if len(releases) == 1 else f"{name} {releases[0]} to {releases[-1]}"


_STATED = (
    "python-version",
    "concurrency",
    "torch-version",
    "tensorflow-version",
    "accelerator",
    "companions",
    "cuda",
    "cudnn",
    "cuda-image",
    "gpu-architectures",
)
_FRAMEWORKS = ("torch", "tensorflow", "jax", "onnxruntime-gpu")
_VERDICTS: dict[str, Callable[[Contradiction], tuple[Code, str]]] = {
    "platform": _platform,
    "python-version": _python_unsupported,
    "concurrency": _concurrency,
    "torch-version": _version_unknown,
    "tensorflow-version": _version_unknown,
    "accelerator": _accelerator,
    "companions": _companions,
    "cuda": _cuda,
    "cudnn": _cuda,
    "wheels": _wheels,
    "tensorflow-cuda": _tensorflow_cuda,
    "torch-cuda": _torch_cuda,
    "cuda-image": _cuda_image,
    "gpu-architectures": _gpu_architectures,
    "jax": _gpu_release,
    "onnxruntime": _gpu_release,
}
