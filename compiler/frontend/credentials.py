"""Credentials in URLs: they would end in a layer of the image."""

import re

from ..ir.codes.requirements import REQUIREMENT_CREDENTIALS
from ..ir.diagnostic import Diagnostic
from ..ir.source import Source, Span

_USER = r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<user>[^/@\s]+)@"
_HELP = (
    "install what needs it in `build.run`, with a mounted secret:\n"
    "- command: pip install NAME\n"
    "  mounts: [{type: secret, id: pip, target: /etc/pip.conf}]"
)


def credentials_in(span: Span) -> Diagnostic | None:
    """What to say about a user name or password in a URL; `git@` of ssh is a name that everybody has."""
    found = re.search(_USER, span.text)
    if found is None or (found["scheme"].endswith("ssh") and ":" not in found["user"]):
        return None
    place = _masked(span.part(*found.span("user")))
    return REQUIREMENT_CREDENTIALS.at(place, "credentials in a URL would become part of the image", help=_HELP)


def _masked(span: Span) -> Span:
    """The same place in a copy of the source that hides it: messages end up in the logs of CI."""
    text = span.source.text
    hidden = text[: span.start] + "*" * (span.end - span.start) + text[span.end :]
    return Span(Source(span.source.name, hidden), span.start, span.end)
