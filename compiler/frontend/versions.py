"""The versions that the user may state: Python, CUDA, cuDNN."""

import re

from ..ir.codes import config as codes
from ..ir.diagnostic import Diagnostic, Report
from ..ir.document import Mapping, Scalar
from ..ir.spec import Stated

PYTHONS = ("3.8", "3.9", "3.10", "3.11", "3.12", "3.13")
_LOWEST_CUDA = 11
_VERSION = r"(?a)(?P<major>[0-9]{1,9})\.(?P<minor>[0-9]{1,9})(\.[0-9]{1,9})?"


def python_version(build: Mapping, report: Report) -> Stated[str] | None:
    """A minor or patch version of a Python that the runtime supports."""
    scalar = build.scalar("python_version")
    return _checked(scalar, None if scalar is None else _python_fault(scalar), report)


def cuda(build: Mapping, report: Report) -> Stated[str] | None:
    """A minor or patch version, 11.0 or newer."""
    scalar = build.scalar("cuda")
    return _checked(scalar, None if scalar is None else _cuda_fault(scalar), report)


def cudnn(build: Mapping, report: Report) -> Stated[str] | None:
    """A major version."""
    scalar = build.scalar("cudnn")
    return _checked(scalar, None if scalar is None else _cudnn_fault(scalar), report)


def gpu_architectures(build: Mapping, report: Report) -> tuple[Stated[str], ...]:
    """Compute capabilities, such as 8.0."""
    items = build.scalars("gpu_architectures")
    found = (_checked(scalar, _architecture_fault(scalar), report) for scalar in items)
    return tuple(stated for stated in found if stated is not None)


def minor(version: str) -> tuple[int, int]:
    """Major and minor of a version text that was checked."""
    major, minor, *_ = version.split(".")
    return int(major), int(minor)


def _checked(scalar: Scalar | None, fault: Diagnostic | None, report: Report) -> Stated[str] | None:
    if fault is not None:
        report.add(fault)
    return None if scalar is None or fault is not None else Stated(scalar.text.strip(), scalar.span)


def _python_fault(scalar: Scalar) -> Diagnostic | None:
    supported = ", ".join(PYTHONS)
    found = re.fullmatch(_VERSION, scalar.text.strip())
    if found is None:
        message = f"`{scalar.text}` is not a version of Python with major and minor number"
        return codes.PYTHON_VERSION_FORMAT.at(scalar.span, message, help=f"write one of {supported}, or a patch of it")
    if f"{found['major']}.{found['minor']}" not in PYTHONS:
        message = f"Python {scalar.text} is not supported"
        return codes.PYTHON_VERSION_UNSUPPORTED.at(scalar.span, message, help=f"write one of {supported}")
    return None


def _cuda_fault(scalar: Scalar) -> Diagnostic | None:
    found = re.fullmatch(_VERSION, scalar.text.strip())
    if found is None:
        message = f"`{scalar.text}` is not a version of CUDA with major and minor number"
        return codes.CUDA_FORMAT.at(scalar.span, message, help="write a version such as 12.4 or 12.4.1")
    if int(found["major"]) < _LOWEST_CUDA:
        message = f"CUDA {scalar.text} is older than {_LOWEST_CUDA}"
        return codes.CUDA_TOO_OLD.at(scalar.span, message, help="write a newer version, or remove the key")
    return None


def _cudnn_fault(scalar: Scalar) -> Diagnostic | None:
    text = scalar.text.strip()
    if re.fullmatch("[1-9][0-9]?", text):
        return None
    message = f"`{scalar.text}` is not a major version of cuDNN"
    major = re.match("[1-9][0-9]?(?=[.])", text)
    advice = f"write the major version alone: {major.group()}" if major else "write a major version such as 9"
    return codes.CUDNN_FORMAT.at(scalar.span, message, help=advice)


def _architecture_fault(scalar: Scalar) -> Diagnostic | None:
    text = scalar.text.strip()
    if re.fullmatch("[1-9][0-9]?[.][0-9]", text):
        return None
    message = f"`{scalar.text}` is not a compute capability"
    named = re.fullmatch("(sm|compute)_([1-9][0-9]?)([0-9])[a-z]?", text)
    advice = f"write {named[2]}.{named[3]}" if named else "write major and minor number, such as 8.0"
    return codes.GPU_ARCHITECTURE_FORMAT.at(scalar.span, message, help=advice)
