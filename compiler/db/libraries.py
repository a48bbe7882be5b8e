"""What the requirements of a wheel say of CUDA and cuDNN: the nvidia packages that bring these libraries."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from packaging.requirements import Requirement
from packaging.version import Version

_CUDA = re.compile(r"nvidia-cuda-runtime(-cu\d+)?|cuda-toolkit")
_CUDNN = re.compile(r"nvidia-cudnn(-cu\d+)?")
_LOWEST = ("==", ">=", "~=")


@dataclass(frozen=True, slots=True)
class Libraries:
    """Exact versions, or the lowest that will do."""

    cuda: Version
    cudnn: Version

    @property
    def cuda_minor(self) -> str:
        return f"{self.cuda.major}.{self.cuda.minor}"

    @property
    def cudnn_minor(self) -> str:
        return f"{self.cudnn.major}.{self.cudnn.minor}"


def libraries(requirements: Iterable[Requirement]) -> Libraries | None:
    """None where the requirements do not name both."""
    found = tuple(requirements)
    cuda, cudnn = _version(found, _CUDA), _version(found, _CUDNN)
    return None if cuda is None or cudnn is None else Libraries(cuda, cudnn)


def of_extra(requirements: Iterable[Requirement], *extras: str) -> tuple[Requirement, ...]:
    """Those that hold on x86-64 Linux with one of these extras, or without any."""
    return tuple(found for found in requirements if any(_holds(found, extra) for extra in extras or ("",)))


def _holds(requirement: Requirement, extra: str) -> bool:
    target = {"extra": extra, "sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64"}
    return requirement.marker is None or requirement.marker.evaluate({**target, "os_name": "posix"})


def _version(requirements: tuple[Requirement, ...], name: re.Pattern[str]) -> Version | None:
    for requirement in requirements:
        lowest = [Version(part.version) for part in requirement.specifier if part.operator in _LOWEST]
        if name.fullmatch(requirement.name) and lowest:
            return min(lowest)
    return None
