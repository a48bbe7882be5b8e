"""Chooses among what is left, question by question, and narrows again after each choice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..ir.rows import CudaImage, GpuRelease, Python, TensorFlow, TorchBuild, minor, version
from ..ir.space import Domain, Space
from ..ir.why import Default, Why
from .narrow import Contradiction, Watch, narrow, unwatched

RULE = "preference"
PREFERRED_PYTHON = "3.12"
DEFAULT_CUDA = "11.8"  # the one of the documents' example, for projects whose packages need no certain CUDA

Rank = Callable[[Space, Any], Any]


def _python(space: Space, python: Python) -> Any:
    """3.12, else the highest below it, else the lowest above."""
    found, preferred = (tuple(map(int, text.split("."))) for text in (python.minor, PREFERRED_PYTHON))
    below = found <= preferred
    return below, found[1] if below else -found[1]


def what_spoke_against_python(space: Space) -> tuple[Why, ...]:
    """Why the Pythons that would have come before the chosen one are not possible."""
    chosen = _python(space, space.python.candidates[0])
    return space.python.reasons(lambda python: _python(space, python) > chosen)


def _torch(space: Space, build: TorchBuild) -> Any:
    """What is known before what is assumed, then the newest release, then its highest CUDA."""
    assumed = {"torch", *(ask.name for ask in space.asks)} & set(build.assumed)
    return not assumed, version(build.release), version(build.cuda or "0")


def _tensorflow(space: Space, row: TensorFlow) -> Any:
    """A release built with a CUDA that is still possible, then the newest."""
    images = space.image.candidates if space.image else ()
    return any(minor(image.cuda) == row.cuda for image in images), version(row.release)


def _gpu_release(space: Space, row: GpuRelease) -> Any:
    """The newest release, for its highest CUDA."""
    return version(row.release), version(row.cuda)


def _image(space: Space, image: CudaImage) -> Any:
    """The CUDA of TensorFlow or ONNX Runtime, or the default one, then the highest CUDA, cuDNN and Ubuntu."""
    deciding = space.gpu_tensorflow or space.onnxruntime
    frameworks = [row.cuda for row in deciding.candidates] if deciding else []
    wanted = frameworks or ([] if space.torch or space.jax else [DEFAULT_CUDA])
    return minor(image.cuda) in wanted, version(image.cuda), version(image.cudnn), version(image.ubuntu)


# TensorFlow before torch, as it needs one certain CUDA; Python first, as markers hang on it.
ORDER: Mapping[str, Rank] = {
    "python": _python,
    "tensorflow": _tensorflow,
    "torch": _torch,
    "jax": _gpu_release,
    "onnxruntime": _gpu_release,
    "image": _image,
}


def choose(space: Space, ranks: Mapping[str, Rank] = ORDER, watch: Watch = unwatched) -> Space:
    """The space with one candidate left for each question.

    Takes the candidate of the highest rank that leads to no contradiction; raises Contradiction if none does.
    """
    return _settle(narrow(space, watch), tuple(ranks), ranks, watch)


def _settle(space: Space, questions: tuple[str, ...], ranks: Mapping[str, Rank], watch: Watch) -> Space:
    if not questions:
        return space
    name, *rest = questions
    domain: Domain[Any] | None = getattr(space, name)
    if domain is None:
        return _settle(space, tuple(rest), ranks, watch)
    failure: Contradiction | None = None
    for candidate in _by_rank(domain.candidates, lambda found: ranks[name](space, found)):
        try:
            return _settle(narrow(_fixed(space, name, candidate), watch), tuple(rest), ranks, watch)
        except Contradiction as found:
            failure = failure or found
    assert failure is not None, "a narrowed domain has candidates"
    raise failure


def _by_rank(candidates: tuple[Any, ...], rank: Callable[[Any], Any]) -> Sequence[Any]:
    """The highest first; one alone needs no rank, and so no comparison of versions."""
    return candidates if len(candidates) == 1 else sorted(candidates, key=rank, reverse=True)


def _fixed(space: Space, name: str, chosen: object) -> Space:
    domain: Domain[Any] = getattr(space, name)
    why = Default(f"{chosen} is preferred")
    changed: Any = {name: domain.cut(RULE, lambda candidate: None if candidate is chosen else why)}
    return replace(space, **changed)
