"""A version that YAML takes for a number with fewer digits is quoted."""

from collections.abc import Iterator

from ..ir.codes.lint import VERSION_UNQUOTED
from ..ir.document import Scalar
from .finding import Edit, Finding
from .subject import Subject

_VERSIONS = ("python_version", "cuda", "cudnn")


def check(subject: Subject) -> Iterator[Finding]:
    build = subject.document.mapping("build")
    for key in _VERSIONS:
        scalar = build.scalar(key)
        if scalar is not None and scalar.kind == "float" and str(scalar.value()) != scalar.text:
            yield _finding(key, scalar)


def _finding(key: str, scalar: Scalar) -> Finding:
    quoted = f'"{scalar.text}"'
    message = f"`build.{key}` is a number, which other programs read as {scalar.value()}"
    return Finding(VERSION_UNQUOTED.at(scalar.span, message, help=f"write {quoted}"), (Edit(scalar.span, quoted),))
