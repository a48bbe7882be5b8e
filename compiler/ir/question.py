"""Questions: the names under which a Space is asked, and which answer a candidate of it would give."""

from typing import TYPE_CHECKING, Any

from .rows import CudaImage, GpuRelease, Python, TensorFlow, TorchBuild, is_version, minor, version
from .space import TORCH_FAMILY, Cut, Domain, Space

if TYPE_CHECKING:
    from packaging.version import Version

_IMAGE_QUESTIONS = ("cuda", "cudnn", "base_image")


def domain_of(space: Space, question: str) -> Domain[Any] | None:
    """Where the answer is chosen from: CUDA, cuDNN and the base image come together. None if it does not arise."""
    name = "base_image" if question in _IMAGE_QUESTIONS else "torch" if question in TORCH_FAMILY else question
    return next((domain for domain in space.domains if domain.question == name), None)


def answers_of(candidate: Any, question: str) -> tuple[str, ...]:
    """What a candidate answers to a question, the usual form first."""
    match candidate:
        case Python():
            return (candidate.minor,)
        case TorchBuild():
            return candidate.releases(question)
        case TensorFlow() | GpuRelease():
            return (candidate.release,)
        case CudaImage():
            full = {"cuda": candidate.cuda, "cudnn": candidate.cudnn, "base_image": str(candidate)}[question]
            return (minor(full), full) if question == "cuda" else (full,)
    raise AssertionError(f"no candidate of any domain: {candidate!r}")


def cuts_of(space: Space, question: str, value: str) -> tuple[Cut[Any], ...]:
    """What was cut that would have given this answer."""
    domain = domain_of(space, question)
    cuts = () if domain is None else domain.cuts
    return tuple(cut for cut in cuts if value in answers_of(cut.candidate, question))


def known_answers(space: Space, question: str) -> tuple[str, ...]:
    """Every answer that the database has, possible or not, each once, the oldest first."""
    domain = domain_of(space, question)
    everything = () if domain is None else domain.everything
    found = {answers_of(one, question)[0] for one in everything if answers_of(one, question)}
    return tuple(sorted(found, key=_age))


def _age(answer: str) -> "tuple[Version, str]":
    return (version(answer), "") if is_version(answer) else (version("0"), answer)
