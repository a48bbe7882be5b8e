"""The server does not run as root, which could do more harm."""

from collections.abc import Iterator

from ..ir.codes.lint import ROOT_USER
from .finding import Finding
from .subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """No fix: a model that writes outside its own folders has to be tried first."""
    if subject.spec.user is None:
        place = subject.document.entries[0].key.span
        yield Finding(ROOT_USER.at(place, "the server runs as root", help="set `build.user`, and try the model"))
