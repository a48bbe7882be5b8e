"""Packages are listed where the compiler sees them, not installed by setup commands."""

import re
from collections.abc import Iterator

from ..ir.codes.lint import INSTALLER_IN_RUN
from .finding import Finding
from .subject import Subject

_PLACES = {
    re.compile(r"\b(pip3?|uv pip)\s+(-\S+\s+)*install\b"): "`python_packages`, or the requirements file",
    re.compile(r"\bapt(-get)?\s+(-\S+\s+)*install\b"): "`system_packages`",
}


def check(subject: Subject) -> Iterator[Finding]:
    """A command that mounts a secret has a reason: only it can reach a private index."""
    for command in (*subject.spec.pre_install, *subject.spec.run):
        for pattern, place in _PLACES.items():
            if not command.mounts and (found := pattern.search(command.span.text)):
                message = f"`{found.group()}` in a setup command is out of cogc's sight"
                span = command.span.part(*found.span())
                yield Finding(INSTALLER_IN_RUN.at(span, message, help=f"list the packages under {place}"))
