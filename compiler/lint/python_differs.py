"""The Python that the model is tried with is that of the image."""

from collections.abc import Iterator

from ..ir.codes.lint import PYTHON_DIFFERS
from ..ir.diagnostic import Diagnostic
from ..ir.spec import Spec
from .finding import Finding
from .subject import LocalPython, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for local in subject.environments:
        yield from map(Finding, check_python(subject.spec, subject.plan.python.value, local))


def check_python(spec: Spec, chosen: str, local: LocalPython) -> Iterator[Diagnostic]:
    """`chosen` is the version of the image, a minor one or a patch; patches of one minor version are taken as alike."""
    wanted, there = _minor(chosen), _minor(local.version)
    if wanted == there:
        return
    message = f"{local.place} has Python {local.version}, the image has {chosen}"
    advice = f'try the model with Python {wanted}, or state `python_version: "{there}"`'
    stated = spec.python_version
    if stated is None:
        yield PYTHON_DIFFERS.bare(message, help=advice)
    else:
        yield PYTHON_DIFFERS.at(stated.span, message, help=advice)


def _minor(version: str) -> str:
    return ".".join(version.split(".")[:2])
