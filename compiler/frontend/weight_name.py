"""The name of a set of weights."""

import re

from ..ir.codes.weights import WEIGHT_NAME_FORMAT
from ..ir.diagnostic import Report
from ..ir.document import Scalar

_FORM = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_LONGEST = 100  # with what stands around it, a tag may have 128


def checked_name(scalar: Scalar, report: Report) -> None:
    if _FORM.fullmatch(scalar.text) and len(scalar.text) <= _LONGEST:
        return
    message = f"`{scalar.text}` is not the name of weights" if scalar.text else "the name of the weights is blank"
    report.add(WEIGHT_NAME_FORMAT.at(scalar.span, message, help=_help(scalar.text)))


def _help(text: str) -> str:
    near = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:_LONGEST].strip("-")
    return f"write `{near or 'base'}`: lower-case letters and digits, with single `.`, `_` or `-` between them"
