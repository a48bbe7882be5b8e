"""Each requirement names one version."""

import re
from collections.abc import Iterator

from packaging.utils import canonicalize_name

from ..ir.codes.lint import REQUIREMENT_UNPINNED
from ..ir.requirement import Package
from .finding import Edit, Finding
from .subject import Subject

_PINS = ("==", "===")
_NAME = re.compile(r"[A-Za-z0-9._-]+(\s*\[[^]]*\])?")


def check(subject: Subject) -> Iterator[Finding]:
    for line in subject.spec.requirements:
        if isinstance(line, Package) and not _is_pinned(line):
            yield _finding(line, subject)


def _is_pinned(line: Package) -> bool:
    if line.requirement.url is not None or line.options:
        return True
    return any(one.operator in _PINS and "*" not in one.version for one in line.requirement.specifier)


def _finding(line: Package, subject: Subject) -> Finding:
    name = line.requirement.name
    chosen = subject.plan.decision(canonicalize_name(name))
    if chosen is None:
        message = f"{name} is not pinned: the next build may install another version"
        return Finding(REQUIREMENT_UNPINNED.at(line.span, message, help="name the version that was tested, with `==`"))
    pin = f"=={chosen.value}"
    message = f"{name} is not pinned; today it is {chosen.value}"
    return Finding(
        REQUIREMENT_UNPINNED.at(line.span, message, help=f"write {name}{pin}"), tuple(_fix(line, pin))
    )  # fmt: skip


def _fix(line: Package, pin: str) -> Iterator[Edit]:
    """For a bare name only: a range was written by somebody who meant it."""
    found = _NAME.match(line.span.text)
    if found and found.group().startswith(line.requirement.name) and not line.requirement.specifier:
        yield Edit(line.span.part(found.end(), found.end()), pin)
