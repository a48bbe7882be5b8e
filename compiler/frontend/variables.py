"""`${NAME}` in requirements files, which pip takes from the environment of whoever runs it."""

import re

from ..ir.codes.requirements import REQUIREMENT_VARIABLE
from ..ir.diagnostic import Diagnostic
from ..ir.source import Span

_VARIABLE = r"\$\{[A-Z0-9_]+\}"
_HELP = (
    "write the value out; if it is a secret, install in `build.run` with a mounted one:\n"
    "- command: pip install NAME\n"
    "  mounts: [{type: secret, id: pip, target: /etc/pip.conf}]"
)


def variable_in(span: Span) -> Diagnostic | None:
    """What to say about a variable: the image would depend on the machine that builds it."""
    found = re.search(_VARIABLE, span.text)
    if found is None:
        return None
    message = f"`{found.group()}` would be taken from the environment of the build"
    return REQUIREMENT_VARIABLE.at(span.part(*found.span()), message, help=_HELP)
