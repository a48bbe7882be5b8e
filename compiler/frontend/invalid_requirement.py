"""What `packaging` says about a broken requirement, with the caret in the user's line and a next step."""

import re

from ..ir.codes.requirements import REQUIREMENT_MARKER, REQUIREMENT_SYNTAX, REQUIREMENT_VERSION
from ..ir.diagnostic import Diagnostic
from ..ir.requirement import Requirement
from ..ir.source import Span

_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]*(?:\s*\[[^\]]*\])?"
_CONDITION = rf"(?a)\s*{_NAME}\s*\(?\s*(?P<conditions>(?:===?|~=|!=|<=?|>=?)[^;]*)"
_VERSION_HELP = "write versions as in `>=1.2,<2`, `==1.2.3`, `==1.2.*` or `~=1.2`"


# Any image of ours; only whether the comparisons mean something depends on it, not how they end.
_TARGET = {
    "implementation_name": "cpython",
    "implementation_version": "3.12.0",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_release": "",
    "platform_system": "Linux",
    "platform_version": "",
    "platform_python_implementation": "CPython",
    "python_full_version": "3.12.0",
    "python_version": "3.12",
    "sys_platform": "linux",
    "extra": "",
}


def read_requirement(text: str) -> Requirement:
    """The requirement, with a marker that can be evaluated.

    Raises ValueError, which `explain` understands.
    """
    requirement = Requirement(text)
    if requirement.is_plain:
        return requirement
    from packaging.markers import UndefinedComparison

    try:
        if requirement.marker is not None:
            requirement.marker.evaluate(_TARGET)
    except UndefinedComparison as error:
        raise ValueError(f"{error}\n    {text}\n    {' ' * len(text)}^") from error
    return requirement


def explain(error: ValueError, text: str, span: Span) -> Diagnostic:
    """The diagnostic for what `read_requirement(text)` raised; `span` is where `text` was written."""
    place = _place(error, text)
    semicolon = text.find(";")
    if 0 <= semicolon < place:
        here = _within(span, text, len(text) - len(text[semicolon + 1 :].lstrip()), len(text))
        advice = "compare a variable with quoted text: `python_version < '3.12'`"
        return REQUIREMENT_MARKER.at(here, f"the marker of `{text[:semicolon].strip()}` cannot be read", help=advice)
    if found := re.match(_CONDITION, text):
        start, end = _condition(text, place, found.start("conditions"))
        message = f"`{text[start:end]}` is not a condition on a version"
        return REQUIREMENT_VERSION.at(_within(span, text, start, end), message, help=_version_help(text[start:end]))
    here = _within(span, text, place, len(text))
    return REQUIREMENT_SYNTAX.at(here, f"`{text}` is not a requirement", label="not expected here", help=_help(text))


def _place(error: ValueError, text: str) -> int:
    """Where packaging got stuck: the end of the line of tildes in its message."""
    marker = str(error).rpartition("\n")[2]
    return min(max(marker.find("^") - 4, 0), len(text))


def _condition(text: str, place: int, first: int) -> tuple[int, int]:
    """The one condition, between commas, that holds `place`."""
    end = min(found for mark in ",;" if (found := f"{text}{mark}".find(mark, max(place, first))) >= 0)
    start = max(text.rfind(",", first, end) + 1, first)
    while start < end and text[start].isspace():
        start += 1
    return start, len(text[:end].rstrip())


def _version_help(condition: str) -> str:
    if match := re.fullmatch(r"~=\s*(\d+)", condition):
        return f"`~=` needs two numbers: `~={match[1]}.0`"
    if match := re.fullmatch(r"([<>]=?)\s*([\d.]+)\.\*", condition):
        return f"leave the `.*` out: `{match[1]}{match[2]}`"
    return _VERSION_HELP


def _help(text: str) -> str:
    if match := re.fullmatch(rf"({_NAME})\s*(?:=|\s)\s*v?(\d[\w.+]*)", text):
        return f"a version is pinned with two equals signs: `{match[1].strip()}=={match[2]}`"
    if re.fullmatch(rf"{_NAME}(\s+{_NAME})+", text):
        return "write each requirement on its own line"
    return "write `name`, `name==1.2.3` or `name[extra]>=1.0; python_version < '3.12'`"


def _within(span: Span, text: str, start: int, end: int) -> Span:
    """A piece of the text; all of it where line continuations or quoting lie between."""
    return span.part(start, max(end, start + 1)) if span.text == text else span
