"""Plan: every question answered, every answer with its reason."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from .spec import Spec
from .why import Why

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Decision(Generic[T]):
    """An answer; it cannot be built without its reason."""

    value: T
    why: Why


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the requirements file that the image installs."""

    text: str
    why: Why


@dataclass(frozen=True, slots=True)
class PlannedWeights:
    """A set of weights that the model finds at `target`; the decision is the digest of its files."""

    name: str
    target: str
    digest: Decision[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """`python` is a minor version such as `3.12`, or a full one when the user wrote it.

    `base_image` is a full image reference. `answers` holds the other questions that arose, by name and in a
    fixed order: `platform`, `cuda`, `cudnn`, `torch`, `torchvision`, `torchaudio`, `tensorflow`. `requirements` are the
    lines of the requirements file, in order.
    """

    spec: Spec
    python: Decision[str]
    base_image: Decision[str]
    answers: tuple[tuple[str, Decision[str]], ...]
    requirements: tuple[Line, ...]
    weights: tuple[PlannedWeights, ...] = ()

    @property
    def decisions(self) -> tuple[tuple[str, Decision[str]], ...]:
        return (("python", self.python), *self.answers, ("base_image", self.base_image))

    def decision(self, question: str) -> Decision[str] | None:
        """The answer to a question by name; None when the question did not arise."""
        return dict(self.decisions).get(question)
