"""Space: what is still possible. A Domain for each question, and every cut with its cause."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .requirement import Package, canonical
from .rows import Arm64, CudaImage, GpuFloor, GpuRelease, Python, TensorFlow, TorchBuild, is_version, version
from .spec import Spec
from .why import Derived, Fact, Why, Written

if TYPE_CHECKING:
    from packaging.specifiers import SpecifierSet

C = TypeVar("C")
TORCH_FAMILY = ("torch", "torchvision", "torchaudio")


@dataclass(frozen=True, slots=True)
class Cut(Generic[C]):
    """A candidate that is no longer possible; `rule` is the pass that removed it."""

    candidate: C
    rule: str
    why: Why


@dataclass(frozen=True, slots=True)
class Domain(Generic[C]):
    """The candidates for one question. Passes only remove; candidates and cuts together are always the same."""

    question: str
    candidates: tuple[C, ...]
    cuts: tuple[Cut[C], ...] = ()

    def cut(self, rule: str, refuse: Callable[[C], Why | None]) -> "Domain[C]":
        """Without the candidates for which `refuse` has a reason."""
        judged = [(candidate, refuse(candidate)) for candidate in self.candidates]
        cuts = tuple(Cut(candidate, rule, why) for candidate, why in judged if why is not None)
        kept = tuple(candidate for candidate, why in judged if why is None)
        return Domain(self.question, kept, self.cuts + cuts) if cuts else self

    def reasons(self, concerned: Callable[[C], bool]) -> tuple[Why, ...]:
        """Why the concerned candidates were cut, each reason once, and of each the causes rather than its row."""
        return unique(cause for cut in self.cuts if concerned(cut.candidate) for cause in _causes(cut.why))

    @property
    def everything(self) -> tuple[C, ...]:
        return (*self.candidates, *(cut.candidate for cut in self.cuts))


@dataclass(frozen=True, slots=True)
class Ask:
    """A requirement line for a package of a framework.

    `pythons` are the minors under which its marker holds; `installable` those that its wheel is made for,
    all of them unless the line names a wheel by its URL.
    """

    name: str
    line: Package
    specifier: "SpecifierSet"
    pythons: tuple[str, ...]
    installable: tuple[str, ...]

    @property
    def pin(self) -> str:
        """The version of the line when it names exactly one; blank otherwise."""
        specifiers = tuple(self.specifier)
        if len(specifiers) != 1 or specifiers[0].operator not in ("==", "==="):
            return ""
        return specifiers[0].version if is_version(specifiers[0].version) else ""

    @property
    def package(self) -> str:
        """The package that is installed: `tensorflow-cpu` and `tensorflow-gpu` are packages of TensorFlow."""
        return canonical(self.line.requirement.name)

    @property
    def text(self) -> str:
        return f"{self.package}{self.specifier}"

    @property
    def why(self) -> Written:
        return Written(self.line.span, f"{self.text} is asked for")

    def accepts(self, release: str, flavour: str = "") -> bool:
        """Whether the release fits; a local part counts only when the line has one."""
        text = f"{release}+{flavour}" if flavour and "+" in str(self.specifier) else release
        return self.specifier.contains(version(text), prereleases=True)

    def accepts_build(self, build: TorchBuild) -> bool:
        """Whether the build has a release of the package that fits."""
        releases = build.releases(self.name)
        unknown = not releases and self.name in build.assumed
        return unknown or any(self.accepts(release, build.flavour) for release in releases)


@dataclass(frozen=True, slots=True)
class Space:
    """The domains of the frameworks and `image` are None where the question does not arise.

    `own_index`: the user says where the packages of torch come from. `floors` are what is known of the GPU
    architectures that are asked for, `arm64` what is known of that platform where the image is for it.
    """

    spec: Spec
    asks: tuple[Ask, ...]
    own_index: bool
    python: Domain[Python]
    torch: Domain[TorchBuild] | None = None
    tensorflow: Domain[TensorFlow] | None = None
    jax: Domain[GpuRelease] | None = None
    onnxruntime: Domain[GpuRelease] | None = None
    image: Domain[CudaImage] | None = None
    floors: tuple[GpuFloor, ...] = ()
    arm64: tuple[Arm64, ...] = ()

    @property
    def domains(self) -> tuple[Domain[Any], ...]:
        found = (self.python, self.torch, self.tensorflow, self.jax, self.onnxruntime, self.image)
        return tuple(domain for domain in found if domain is not None)

    def framework(self, package: str) -> Domain[Any] | None:
        """The domain that decides the release of a package."""
        if package in TORCH_FAMILY:
            return self.torch
        return {"tensorflow": self.tensorflow, "jax": self.jax, "onnxruntime-gpu": self.onnxruntime}[package]

    @property
    def pythons(self) -> tuple[str, ...]:
        return tuple(python.minor for python in self.python.candidates)

    @property
    def gpu_tensorflow(self) -> Domain[TensorFlow] | None:
        """TensorFlow where it is to find CUDA; `tensorflow-cpu` never looks for it."""
        on_gpu = any(ask.name == "tensorflow" and ask.package != "tensorflow-cpu" for ask in self.asks)
        return self.tensorflow if self.image is not None and on_gpu else None

    def asked(self, *names: str, python: str) -> tuple[Ask, ...]:
        """The lines for these packages that count under a Python."""
        return tuple(ask for ask in self.asks if ask.name in names and python in ask.pythons)

    def certain(self, *names: str) -> tuple[Ask, ...]:
        """The lines for these packages that count under each Python that is still possible."""
        return tuple(ask for ask in self.asks if ask.name in names and set(self.pythons) <= set(ask.pythons))

    def optional(self, *names: str) -> bool:
        """Whether some Python is still possible under which nothing asks for these packages."""
        return any(not self.asked(*names, python=python) for python in self.pythons)


def _causes(why: Why) -> tuple[Why, ...]:
    premises = why.premises if isinstance(why, Derived) else ()
    return tuple(premise for premise in premises if not isinstance(premise, Fact)) or (why,)


def unique(whys: Iterable[Why]) -> tuple[Why, ...]:
    """Each reason once, in order."""
    return tuple(dict.fromkeys(whys))
