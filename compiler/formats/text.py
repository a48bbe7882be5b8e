"""Diagnostics as text: the message, and for each place the file, the line and carets under it."""

from collections.abc import Iterable

from click import style, unstyle

from ..ir.diagnostic import Diagnostic, Label, Severity
from ..ir.source import Span

_COLORS: dict[Severity, str] = {"error": "red", "warning": "yellow", "note": "cyan"}

# Characters of a line that are shown, and of them those before what is pointed at.
_LONGEST, _BEFORE = 240, 60


def render(diagnostics: Iterable[Diagnostic], *, color: bool = False) -> str:
    """All of them, parted by blank lines; nothing for none."""
    text = "\n".join(_diagnostic(diagnostic) for diagnostic in diagnostics)
    return text if color else unstyle(text)


def _diagnostic(diagnostic: Diagnostic) -> str:
    severity = diagnostic.severity
    title = style(f"{severity}[{diagnostic.code.id}]", fg=_COLORS[severity], bold=True)
    lines = [title + style(f": {diagnostic.message}", bold=True)]
    margin = max((len(str(label.span.line)) for label in diagnostic.labels), default=1)
    for number, label in enumerate(diagnostic.labels):
        lines += _main_place(label, margin, _COLORS[severity]) if number == 0 else _further_place(label, margin)
    lines += _help(diagnostic.help, margin)
    return "\n".join(lines) + "\n"


def _main_place(label: Label, margin: int, color: str) -> list[str]:
    return _place(label, margin, "-->", style(_underline(label.span, "^", label.text), fg=color, bold=True))


def _further_place(label: Label, margin: int) -> list[str]:
    return _place(label, margin, ":::", style(_underline(label.span, "-", label.text), fg="cyan"))


def _place(label: Label, margin: int, arrow: str, underline: str) -> list[str]:
    bar = style("|", fg="cyan")
    line = _excerpt(label.span)[0]
    return [
        f"{' ' * margin}{style(arrow, fg='cyan')} {label.span}",
        f"{' ' * margin} {bar}",
        f"{style(str(label.span.line).rjust(margin), fg='cyan')} {bar} {line}".rstrip(),
        f"{' ' * margin} {bar} {underline}",
    ]


def _excerpt(span: Span) -> tuple[str, int]:
    """The span's first line, and where in it the span begins; of a line without end what is around the span."""
    line, place = span.source.line(span.line), span.column - 1
    if len(line) <= _LONGEST:
        return line, place
    first = max(0, min(place - _BEFORE, len(line) - _LONGEST))
    left, right = "…" if first else "", "…" if first + _LONGEST < len(line) else ""
    return f"{left}{line[first : first + _LONGEST]}{right}", place - first + len(left)


def _underline(span: Span, mark: str, text: str) -> str:
    """Marks under the span's first line; tabs stay tabs, so that the marks stand where the text does."""
    line, place = _excerpt(span)
    before = line[:place]
    indent = "".join("\t" if character == "\t" else " " for character in before)
    width = max(min(span.end - span.start, len(line) - len(before)), 1)
    return f"{indent}{mark * width} {text}".rstrip()


def _help(text: str, margin: int) -> list[str]:
    first, *rest = text.splitlines() or [""]
    if not text:
        return []
    indent = " " * margin
    return [f"{indent} {style('=', fg='cyan')} help: {first}", *(f"{indent}         {line}" for line in rest)]
