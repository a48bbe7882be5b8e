"""Environment variables: their form, and the names that belong to the image."""

import re

from ..ir.codes.config import ENVIRONMENT_DUPLICATE, ENVIRONMENT_FORMAT, ENVIRONMENT_RESERVED
from ..ir.diagnostic import Label, Report
from ..ir.document import Mapping, Scalar
from ..ir.spec import Variable

_RESERVED = {
    "PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV", "PYTHONUNBUFFERED", "LIBRARY_PATH", "HF_ENDPOINT",
    "HF_HUB_ENABLE_HF_TRANSFER",
}  # fmt: skip
_RESERVED_PREFIXES = ("R8_", "REPLICATE_", "CUDA_", "NVIDIA_", "NV_", "PGET_", "KUBERNETES_")


def environment(root: Mapping, report: Report) -> tuple[Variable, ...]:
    variables = tuple(found for scalar in root.scalars("environment") for found in _variable(scalar, report))
    first: dict[str, Variable] = {}
    for variable in variables:
        if (before := first.setdefault(variable.name, variable)) is not variable:
            message = f"`{variable.name}` is set twice"
            also = [Label(before.span, "first set here")]
            report.add(ENVIRONMENT_DUPLICATE.at(variable.span, message, help="keep one of them", also=also))
    return variables


def _variable(scalar: Scalar, report: Report) -> tuple[Variable, ...]:
    name, equals, value = scalar.text.partition("=")
    if not equals or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        message = f"`{scalar.text}` is not of the form NAME=value"
        report.add(ENVIRONMENT_FORMAT.at(scalar.span, message, help=_help(scalar.text, name)))
        return ()
    if name in _RESERVED or name.startswith(_RESERVED_PREFIXES):
        message = f"`{name}` is reserved for the image"
        advice = "remove it; set it inside one command of `build.run` if only that needs it"
        report.add(ENVIRONMENT_RESERVED.at(scalar.part(0, len(name)), message, help=advice))
    return (Variable(name, value, scalar.span),)


def _help(text: str, name: str) -> str:
    if "=" not in text:
        return f"write `{text.strip()}=value`"
    if name != name.strip():
        return "write no blank before the equals sign"
    return "use letters, digits and underscores, not beginning with a digit"
