"""Spec: what the user asked for, typed, every value with the place where it was written."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from ..contract import Signature
from .requirement import Package, RequirementLine
from .source import Source, Span
from .weight import Weight

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """A value that the user wrote, and where."""

    value: T
    span: Span


@dataclass(frozen=True, slots=True)
class Reference:
    """`file.py:Name`: a class or function of the project."""

    path: str
    name: str
    span: Span

    def __str__(self) -> str:
        return f"{self.path}:{self.name}"


@dataclass(frozen=True, slots=True)
class SecretMount:
    """A secret that one command may read as a file at `target`; it never enters a layer."""

    id: str
    target: str
    span: Span


@dataclass(frozen=True, slots=True)
class CacheMount:
    """A folder at `target` that commands find again in later builds; it never enters a layer."""

    target: str
    span: Span


@dataclass(frozen=True, slots=True)
class Command:
    """One entry of `build.run`; `copy` are the paths, from the project's root, that it reads."""

    text: str
    mounts: tuple[SecretMount, ...]
    span: Span
    caches: tuple[CacheMount, ...] = ()
    copy: tuple[Stated[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Variable:
    """One entry of `environment`."""

    name: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """A reference with the signature that was read from its source."""

    reference: Reference
    signature: Signature


@dataclass(frozen=True, slots=True)
class Spec:
    """The whole of what the user asked for. None and `()` mean that the user did not say.

    `platform` is `linux/amd64` or another that an image can be for; only the command line states it.

    `cuda_image` is `devel`, `runtime`, `base` or `none`; `gpu_architectures` are compute capabilities.
    `config` is the text of cog.yaml. `requirements_file` is the path that `build.python_requirements` names; the
    lines come from it, or from `build.python_packages`. `constraints` limit versions and install nothing.
    `pre_install` are the commands that run before the packages are installed. The folder's name is not here: it
    changes no byte. `model` is the repository of image and weights, without a tag.
    """

    config: Source
    python_version: Stated[str] | None = None
    gpu: Stated[bool] | None = None
    cuda: Stated[str] | None = None
    cudnn: Stated[str] | None = None
    cuda_image: Stated[str] | None = None
    gpu_architectures: tuple[Stated[str], ...] = ()
    requirements: tuple[RequirementLine, ...] = ()
    requirements_file: Stated[str] | None = None
    constraints: tuple[Package, ...] = ()
    system_packages: tuple[Stated[str], ...] = ()
    pre_install: tuple[Command, ...] = ()
    run: tuple[Command, ...] = ()
    environment: tuple[Variable, ...] = ()
    image: Stated[str] | None = None
    predict: EntryPoint | None = None
    train: EntryPoint | None = None
    concurrency: Stated[int] | None = None
    base_image: Stated[str] | None = None
    user: Stated[str] | None = None
    model: Stated[str] | None = None
    weights: tuple[Weight, ...] = ()
    platform: Stated[str] | None = None

    @property
    def machine(self) -> str:
        """The kind of processor that the image is for, in the words of Python's markers."""
        return "aarch64" if self.platform is not None and self.platform.value == "linux/arm64" else "x86_64"

    @property
    def uses_gpu(self) -> bool:
        return self.gpu is not None and self.gpu.value

    @property
    def cuda_in_wheels(self) -> bool:
        """The base image has no CUDA libraries, so the packages bring them."""
        return self.cuda_image is not None and self.cuda_image.value in ("base", "none")
