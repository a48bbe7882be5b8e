"""Options of requirements files: which there are, and what values they take."""

from dataclasses import dataclass
from typing import Literal

from ..ir.codes.requirements import REQUIREMENT_OPTION, REQUIREMENT_OPTION_VALUE
from ..ir.diagnostic import Report
from ..ir.source import Span

Role = Literal["flag", "value", "url", "include", "constraint", "editable", "package"]

# https://pip.pypa.io/en/stable/reference/requirements-file-format/#supported-options
ROLES: dict[str, Role] = {
    "--index-url": "url",
    "--extra-index-url": "url",
    "--find-links": "url",
    "--trusted-host": "value",
    "--no-binary": "value",
    "--only-binary": "value",
    "--use-feature": "value",
    "--no-index": "flag",
    "--pre": "flag",
    "--prefer-binary": "flag",
    "--require-hashes": "flag",
    "--requirement": "include",
    "--constraint": "constraint",
    "--editable": "editable",
    "--hash": "package",
}
_LONG = {
    "-i": "--index-url",
    "-f": "--find-links",
    "-r": "--requirement",
    "-c": "--constraint",
    "-e": "--editable",
}
# pip has them; the installer of the image does not, and would stop at the line.
_REFUSED = ("--config-settings", "--config-setting", "-C", "--global-option", "--install-option", "--pypi-url")


@dataclass(frozen=True, slots=True)
class WrittenName:
    """An option's name as it was written, with the text and place of the whole option."""

    name: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class WrittenOption:
    """An option that exists; `name` is the long one, `value` blank for a flag."""

    name: str
    role: Role
    value: str
    text: str
    span: Span
    value_span: Span


def read_option(written: WrittenName, value: str, value_span: Span, report: Report) -> WrittenOption | None:
    """The option with its `value` as written, quotes and all; faults go to `report`."""
    name = _LONG.get(written.name, written.name)
    if name not in ROLES:
        fault = "is not supported by the installer" if name in _REFUSED else "is not an option of requirements files"
        report.add(REQUIREMENT_OPTION.at(written.span, f"`{name}` {fault}", help=_help(name)))
        return None
    role, values = ROLES[name], _split(value)
    if fault := _value_fault(role, values):
        message = f"`{written.name}` {fault}"
        report.add(REQUIREMENT_OPTION_VALUE.at(written.span, message, help=_value_help(role, written.name)))
        return None
    return WrittenOption(name, role, "".join(values), written.text, written.span, value_span)


def _split(value: str) -> list[str]:
    import shlex

    try:
        return shlex.split(value)
    except ValueError:  # a quote that is not closed
        return value.split()


def _value_fault(role: Role, values: list[str]) -> str:
    if role == "flag":
        return "takes no value" if values else ""
    if not any(values):
        return "needs a value"
    return "takes one value" if len(values) > 1 else ""


def _value_help(role: Role, name: str) -> str:
    return f"write `{name}` alone on its line" if role == "flag" else f"write `{name} VALUE`"


def _help(name: str) -> str:
    if name in _REFUSED:
        return "install the package by a command of `build.run` instead"
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), ROLES, 1, 0.75)
    return f"did you mean `{near[0]}`?" if near else f"known: {', '.join(ROLES)}"
