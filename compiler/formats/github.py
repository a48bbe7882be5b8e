"""Diagnostics as workflow commands: GitHub shows each beside the line that it is about."""

from collections.abc import Iterable

from ..ir.diagnostic import Diagnostic, Label, Severity
from .region import region

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}


def render(diagnostics: Iterable[Diagnostic], folder: str = "") -> str:
    """A line for each; `folder` is where the project lies in the repository."""
    return "".join(f"{_command(diagnostic, folder)}\n" for diagnostic in diagnostics)


def _command(diagnostic: Diagnostic, folder: str) -> str:
    properties = {**_place(diagnostic.labels[:1], folder), "title": diagnostic.code.id}
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[diagnostic.severity]} {listed}::{_data(_message(diagnostic))}"


def _place(main: tuple[Label, ...], folder: str) -> dict[str, str]:
    """Columns have a meaning on one line only, and a span of no width has no end."""
    for label in main:
        found = region(label.span, folder)
        place = {"file": found.file, "line": str(found.line), "endLine": str(found.end_line)}
        if found.line != found.end_line:
            return place
        return {**place, "col": str(found.column), "endColumn": str(max(found.end_column, found.column + 1))}
    return {}


def _message(diagnostic: Diagnostic) -> str:
    further = (f"{label.span}: {label.text}".rstrip(": ") for label in diagnostic.labels[1:])
    help = (f"help: {diagnostic.help}",) if diagnostic.help else ()
    return "\n".join((diagnostic.message, *further, *help))


def _data(text: str) -> str:
    """As the runner unescapes it; `%` first, so that nothing is escaped twice."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
