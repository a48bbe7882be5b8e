"""Rows of the compatibility database: what is known of releases, builds and images, each with its place."""

from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from .why import Fact

if TYPE_CHECKING:
    from packaging.version import Version


@cache
def version(text: str) -> "Version":
    """The same few hundred texts are compared again and again.

    Raises ValueError.
    """
    from packaging.version import Version

    return Version(text)


def is_version(text: str) -> bool:
    """Whether it is a version: `2.3.*` and what may stand after `===` are not."""
    try:
        version(text)
    except ValueError:
        return False
    return True


def minor(text: str) -> str:
    """`12.4` of `12.4.1`: what compatibility is stated for."""
    return ".".join(text.split(".")[:2])


def listing(texts: tuple[str, ...]) -> str:
    """`3.8, 3.9 and 3.10`, in the order of the versions."""
    ordered = sorted(set(texts), key=version)
    return " and ".join(part for part in (", ".join(ordered[:-1]), *ordered[-1:]) if part) or "none"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands; `line` counts from 1."""

    file: str
    line: int

    def fact(self, text: str) -> Fact:
        return Fact(self.file, self.line, text)


@dataclass(frozen=True, slots=True)
class Python:
    """A supported minor version; its images have the patch release `at_least` or a newer one."""

    minor: str
    at_least: str
    place: Place

    def __str__(self) -> str:
        return self.minor


@dataclass(frozen=True, slots=True)
class TorchWheel:
    """What the default wheel of a release brings along: exact versions of the CUDA and cuDNN libraries."""

    release: str
    cuda: str
    cudnn: str
    place: Place


@dataclass(frozen=True, slots=True)
class TorchBuild:
    """One build of a torch release, with the companion releases that it works with, the preferred one first.

    `cuda` is the minor version that it is for, blank for a CPU build. `local` is the local part in its wheels'
    names. It comes from `index`, from a page of `links`, or where both are blank from the default index.
    `python` are the minors that have wheels of torch and its companions, `python_alone` those that have torch.
    `assumed` are the packages of which no row says that they exist for this build. `wheel` is None for releases of
    which no wheel is known to bring the CUDA libraries.
    """

    release: str
    cuda: str
    local: str
    torchvision: tuple[str, ...]
    torchaudio: tuple[str, ...]
    index: str
    links: str
    python: tuple[str, ...]
    python_alone: tuple[str, ...]
    assumed: tuple[str, ...]
    wheel: TorchWheel | None
    place: Place

    @property
    def flavour(self) -> str:
        return f"cu{self.cuda.replace('.', '')}" if self.cuda else "cpu"

    def pythons(self, packages: Set[str]) -> tuple[str, ...]:
        """The minors that have wheels of all these packages of the family."""
        return self.python_alone if packages <= {"torch"} else self.python

    @property
    def is_unknown(self) -> bool:
        """No row has the release at all."""
        return {"torch", "torchvision"} <= set(self.assumed)

    def releases(self, package: str) -> tuple[str, ...]:
        """The releases of a package of the family that belong to this build."""
        return {"torch": (self.release,), "torchvision": self.torchvision, "torchaudio": self.torchaudio}[package]

    def __str__(self) -> str:
        return f"{self.release}+{self.flavour}"


@dataclass(frozen=True, slots=True)
class TensorFlow:
    """A release with the CUDA minor and cuDNN that it is built with.

    `extra` installs these libraries as wheels. `without_image`: no image pairs this CUDA with this cuDNN.
    """

    release: str
    cuda: str
    cudnn: str
    python: tuple[str, ...]
    extra: str
    without_image: bool
    assumed: bool
    place: Place

    def pythons(self, packages: Set[str]) -> tuple[str, ...]:
        """The minors that have wheels; its family is TensorFlow alone."""
        return self.python

    @property
    def cudnn_major(self) -> str:
        return self.cudnn.split(".")[0]

    @property
    def brings_cuda(self) -> bool:
        """Its CUDA libraries have to come as wheels, as no image holds them."""
        return self.without_image and bool(self.extra)

    def __str__(self) -> str:
        return self.release


@dataclass(frozen=True, slots=True)
class GpuRelease:
    """A release of JAX or ONNX Runtime with the CUDA that it is for: another minor of the same major will do.

    JAX has one for each CUDA that it can be installed for. `extras` install the CUDA libraries as wheels.
    """

    package: str
    release: str
    cuda: str
    cudnn: str
    python: tuple[str, ...]
    extras: tuple[str, ...]
    assumed: bool
    place: Place

    def pythons(self, packages: Set[str]) -> tuple[str, ...]:
        """The minors that have wheels; its family is the package alone."""
        return self.python

    @property
    def cuda_major(self) -> str:
        return self.cuda.split(".")[0]

    @property
    def cudnn_major(self) -> str:
        return self.cudnn.split(".")[0]

    def __str__(self) -> str:
        return f"{self.release}+cu{self.cuda_major}"


@dataclass(frozen=True, slots=True)
class GpuFloor:
    """The oldest torch, where known, and CUDA with kernels for a compute capability, and the CUDA that dropped it.

    `torch` and `dropped` are blank where there is none.
    """

    capability: str
    torch: str
    cuda: str
    dropped: str
    place: Place

    def covers(self, cuda: str) -> bool:
        """Whether a CUDA version has kernels for it."""
        return version(self.cuda) <= version(cuda) and not (self.dropped and version(self.dropped) <= version(cuda))


@dataclass(frozen=True, slots=True)
class Arm64:
    """From which release on a package has wheels for Linux on arm64: for `cuda` or newer, or for the CPU if blank."""

    package: str
    since: str
    cuda: str
    place: Place

    def covers(self, release: str, cuda: str) -> bool:
        """Whether the row is about such a build at all, and has it."""
        fits = bool(cuda) == bool(self.cuda) and version(cuda or "0") >= version(self.cuda or "0")
        return fits and version(release) >= version(self.since)


@dataclass(frozen=True, slots=True)
class CudaImage:
    """An `nvidia/cuda` image with cuDNN; `cuda` has its patch, `cudnn` is a major version."""

    cuda: str
    cudnn: str
    ubuntu: str
    tag: str
    place: Place

    def __str__(self) -> str:
        return f"nvidia/cuda:{self.tag}"

    def flavoured(self, flavour: str) -> str:
        """The reference of the image of another flavour; `base` has no cuDNN, so its tag does not name it."""
        tag = (
            f"{self.cuda}-base-ubuntu{self.ubuntu}"
            if flavour == "base"
            else self.tag.replace("-devel-", f"-{flavour}-")
        )
        return f"nvidia/cuda:{tag}"
