"""The user that the server runs as."""

import re

from ..ir.codes.config import USER_NAME
from ..ir.diagnostic import Report
from ..ir.document import Mapping
from ..ir.spec import Stated

# useradd(8)
_NAME = r"[a-z_][a-z0-9_-]{0,31}"


def user(build: Mapping, report: Report) -> Stated[str] | None:
    scalar = build.scalar("user")
    if scalar is None:
        return None
    if not re.fullmatch(_NAME, scalar.text.strip()):
        advice = "write a name such as `model`: lower-case letters, digits, `_` and `-`, at most 32"
        report.add(USER_NAME.at(scalar.span, f"`{scalar.text.strip()}` is not the name of a user", help=advice))
    return Stated(scalar.text.strip(), scalar.span)
