"""Space -> decisions: what was chosen for each question, and why."""

from collections.abc import Iterator

from ..ir.plan import Decision
from ..ir.rows import TensorFlow, TorchBuild, minor, version
from ..ir.space import TORCH_FAMILY, Ask, Space, unique
from ..ir.why import Default, Derived, Why, Written
from . import choose

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


def base_image(space: Space, python: Decision[str]) -> Decision[str]:
    if (stated := space.spec.base_image) is not None:
        return Decision(stated.value, Written(stated.span, "the image that is stated"))
    if space.image is None:
        return Decision(f"python:{python.value}-slim", Derived("the official image of this Python", (python.why,)))
    image = space.image.candidates[0]
    fact = image.place.fact(f"{image} has CUDA {image.cuda} and cuDNN {image.cudnn}")
    text = "the highest patch of this CUDA with this cuDNN, on the highest Ubuntu"
    return Decision(str(image), Derived(text, (cuda(space).why, fact)))


def answers(space: Space) -> Iterator[Answer]:
    """The other questions that arose, in a fixed order."""
    if space.image is not None:
        yield "cuda", cuda(space)
        yield "cudnn", _cudnn(space)
    if space.torch is not None:
        yield from _torch_family(space, space.torch.candidates[0])
    if space.tensorflow is not None:
        yield "tensorflow", _tensorflow(space, space.tensorflow.candidates[0])


def cuda(space: Space) -> Decision[str]:
    assert space.image is not None
    stated = space.spec.cuda
    if stated is not None:
        return Decision(stated.value, Written(stated.span, "the version that is stated"))
    return Decision(minor(space.image.candidates[0].cuda), _why_cuda(space))


def _why_cuda(space: Space) -> Why:
    assert space.image is not None
    image = space.image.candidates[0]
    there = image.place.fact(f"{image} has CUDA {image.cuda}")
    if space.gpu_tensorflow is not None:
        row = space.gpu_tensorflow.candidates[0]
        fact = row.place.fact(f"tensorflow {row.release} is built with CUDA {row.cuda} and cuDNN {row.cudnn}")
        text = (
            "the CUDA that TensorFlow's wheels bring" if row.brings_cuda else "TensorFlow finds its CUDA in the image"
        )
        return Derived(text, (fact, there))
    if space.torch is not None:
        build = space.torch.candidates[0]
        fact = build.place.fact(f"torch {build.release} has a build for CUDA {build.cuda}")
        return Derived("the highest CUDA that torch is built for and an image has", (fact, there))
    if minor(image.cuda) != choose.DEFAULT_CUDA:
        causes = unique(cut.why for cut in space.image.cuts if cut.rule != choose.RULE)
        return Derived("the highest CUDA of the images that are left", (there, *causes))
    return Default(f"CUDA {choose.DEFAULT_CUDA} is taken when no package needs a certain CUDA; set build.cuda")


def _cudnn(space: Space) -> Decision[str]:
    assert space.image is not None
    image = space.image.candidates[0]
    stated = space.spec.cudnn
    if stated is not None:
        return Decision(image.cudnn, Written(stated.span, "the version that is stated"))
    there = image.place.fact(f"{image} has cuDNN {image.cudnn}")
    if space.gpu_tensorflow is None:
        return Decision(image.cudnn, Derived("the highest cuDNN of the images with this CUDA", (there,)))
    row = space.gpu_tensorflow.candidates[0]
    fact = row.place.fact(f"tensorflow {row.release} is built with cuDNN {row.cudnn}")
    text = "the wheels bring the cuDNN that TensorFlow needs" if row.brings_cuda else "the cuDNN that TensorFlow needs"
    return Decision(image.cudnn, Derived(text, (fact, there)))


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


def _tensorflow(space: Space, row: TensorFlow) -> Decision[str]:
    asks = space.asked("tensorflow", python=space.pythons[0])
    written = _pinned(asks)
    fact = row.place.fact(f"tensorflow {row.release} is known")
    if row.assumed:
        text = f"no row has tensorflow {row.release}: it is taken to need what the newest known one needs"
        return Decision(row.release, Derived(text, (fact, *written)))
    if written:
        return Decision(row.release, written[0])
    return Decision(row.release, Derived(_NEWEST, unique((fact, *(ask.why for ask in asks)))))
