"""No token, key or password stands in cog.yaml: all of it is in the image, for everyone to read."""

import re
from collections.abc import Iterator

from ..ir.codes.lint import SECRET_TEXT
from ..ir.source import Source, Span
from ..ir.spec import Spec
from .finding import Finding
from .subject import Subject

_NAMED = re.compile(r"(TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|ACCESS_KEY|PRIVATE_KEY)$", re.IGNORECASE)
# What services put in front of their tokens, so that scanners find them.
_TOKEN = re.compile(
    r"\b(gh[opsu]_[A-Za-z0-9]{30,}|github_pat_\w{30,}|glpat-[\w-]{20,}|hf_[A-Za-z0-9]{30,}|AKIA[0-9A-Z]{16}"
    r"|sk-[A-Za-z0-9_-]{20,}|xox[abp]-[\w-]{20,}|pypi-AgE[\w-]{20,})|-----BEGIN [A-Z ]*PRIVATE KEY-----"
)
_HELP = "mount it with `build.run[].mounts`, or set the variable when the container starts"


def check(subject: Subject) -> Iterator[Finding]:
    for span, what in _places(subject.spec):
        message = f"{what} looks like a secret, and would be in the image"
        yield Finding(SECRET_TEXT.at(span, message, help=_HELP))


def hidden(spec: Spec) -> Source:
    """cog.yaml with stars for its secrets, place for place: what is told ends up in the logs of CI."""
    text = spec.config.text
    for span, _ in _places(spec):
        start = span.start + span.text.find("=") + 1
        text = text[:start] + "*" * (span.end - start) + text[span.end :]
    return Source(spec.config.name, text)


def _places(spec: Spec) -> Iterator[tuple[Span, str]]:
    for variable in spec.environment:
        if _NAMED.search(variable.name) and variable.value and not variable.value.startswith("/"):
            yield variable.span, f"the value of {variable.name}"
        else:
            yield from _tokens(variable.span)
    for command in (*spec.pre_install, *spec.run):
        yield from _tokens(command.span)


def _tokens(span: Span) -> Iterator[tuple[Span, str]]:
    for found in _TOKEN.finditer(span.text):
        yield span.part(*found.span()), "this text"
