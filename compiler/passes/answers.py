"""Space -> decisions: what was chosen for each question, and why."""

from collections.abc import Iterator

from ..ir.plan import Decision
from ..ir.rows import GpuRelease, TensorFlow, TorchBuild, version
from ..ir.space import TORCH_FAMILY, Ask, Space, unique
from ..ir.why import Default, Derived, Why, Written
from . import choose
from .base_image import cuda, cudnn

Answer = tuple[str, Decision[str]]
_PYTHON = choose.PREFERRED_PYTHON
_NEWEST = "the newest release that everything else allows"


def python(space: Space) -> Decision[str]:
    stated = space.spec.python_version
    if stated is not None:
        return Decision(stated.value, Written(stated.span, "the version that is stated"))
    chosen = space.pythons[0]
    causes = choose.what_spoke_against_python(space)
    if causes:
        return Decision(chosen, Derived(f"the nearest to Python {_PYTHON} that everything else allows", causes))
    return Decision(
        chosen, Default(f"Python {_PYTHON} is taken unless something needs another; set build.python_version")
    )


def answers(space: Space) -> Iterator[Answer]:
    """The other questions that arose, in a fixed order."""
    if (stated := space.spec.platform) is not None:
        yield "platform", Decision(stated.value, Written(stated.span, "the platform that is stated"))
    if space.image is not None and _needs_cuda(space):
        yield "cuda", cuda(space)
    if space.image is not None and not space.spec.cuda_in_wheels and space.spec.base_image is None:
        yield "cudnn", cudnn(space)
    if space.torch is not None:
        yield from _torch_family(space, space.torch.candidates[0])
    if space.tensorflow is not None:
        yield "tensorflow", _release(space, "tensorflow", space.tensorflow.candidates[0])
    for domain in (space.jax, space.onnxruntime):
        if domain is not None:
            yield domain.question, _release(space, domain.question, domain.candidates[0])


def _needs_cuda(space: Space) -> bool:
    """Without an image of CUDA, or on one of the user's, only the builds of frameworks hang on it."""
    spec = space.spec
    ours = spec.base_image is None and (spec.cuda_image is None or spec.cuda_image.value != "none")
    frameworks = (space.torch, space.gpu_tensorflow, space.jax, space.onnxruntime)
    return ours or spec.cuda is not None or any(domain is not None for domain in frameworks)


def _torch_family(space: Space, build: TorchBuild) -> Iterator[Answer]:
    asked = {ask.name for ask in space.asked(*TORCH_FAMILY, python=space.pythons[0])}
    for name in ("torch", *(name for name in TORCH_FAMILY[1:] if name in asked)):
        if release := chosen_release(space, build, name):
            yield name, Decision(release, _why_release(space, build, name, release))


def chosen_release(space: Space, build: TorchBuild, name: str) -> str:
    """The preferred release of a package that belongs to the build and fits; blank when no row knows one."""
    asks = space.asked(name, python=space.pythons[0])
    fits = (found for found in build.releases(name) if all(ask.accepts(found, build.flavour) for ask in asks))
    return next(fits, next((version(ask.pin).public for ask in asks if ask.pin), ""))


def _why_release(space: Space, build: TorchBuild, name: str, release: str) -> Why:
    asks = space.asked(name, python=space.pythons[0])
    written = _pinned(asks)
    fact = build.place.fact(f"torch {build} goes with {_companions(build)}")
    if {"torch", name} & set(build.assumed):
        text = f"no row has {name} {release} for this build: it is assumed, from the nearest that is known"
        return Derived(text, (fact, *written))
    if written:
        return written[0]
    newest = _NEWEST if build.cuda else "the newest release of which a CPU build is known, that everything else allows"
    text = newest if name == "torch" else "the release that goes with this torch"
    return Derived(text, unique((fact, *(ask.why for ask in asks))))


def _companions(build: TorchBuild) -> str:
    found = (f"{name} {' or '.join(build.releases(name)) or 'unknown'}" for name in TORCH_FAMILY[1:])
    return ", ".join(found)


def _pinned(asks: tuple[Ask, ...]) -> tuple[Why, ...]:
    return tuple(Written(ask.line.span, "the version that is stated") for ask in asks if ask.pin)


def _release(space: Space, name: str, row: TensorFlow | GpuRelease) -> Decision[str]:
    asks = space.asked(name, python=space.pythons[0])
    written = _pinned(asks)
    fact = row.place.fact(f"{name} {row.release} is known")
    if row.assumed:
        text = f"no row has {name} {row.release}: it is taken to need what the newest known one needs"
        return Decision(row.release, Derived(text, (fact, *written)))
    if written:
        return Decision(row.release, written[0])
    return Decision(row.release, Derived(_NEWEST, unique((fact, *(ask.why for ask in asks)))))
