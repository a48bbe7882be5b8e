"""Finding: a diagnostic of a rule, with the edits that would put it right."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..ir.diagnostic import Diagnostic
from ..ir.source import Source, Span


@dataclass(frozen=True, slots=True)
class Edit:
    """`text` in the place of `span`; of a source that is not there yet, the start of a new file."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """`fix` is blank where only a person can decide."""

    diagnostic: Diagnostic
    fix: tuple[Edit, ...] = ()


def line_at_end(source: Source, line: str) -> Edit:
    end = len(source.text)
    return Edit(Span(source, end, end), f"{line}\n")


def line_before(span: Span, line: str) -> Edit:
    """A line of its own above the one that the span begins on."""
    start = span.source.offset(span.line, 1)
    return Edit(Span(span.source, start, start), f"{line}\n")


def edited(source: Source, edits: Iterable[Edit]) -> str:
    """The text with all edits made, whose spans are places in it as it was; of two that overlap the first counts.

    What is added at the end of a file begins a line there.
    """
    text, done = "", 0
    for edit in sorted(edits, key=lambda edit: edit.span.start):
        if edit.span.start < done:
            continue
        text += source.text[done : edit.span.start]
        if edit.span.start == len(source.text) and text and not text.endswith("\n"):
            text += "\n"
        text += edit.text
        done = edit.span.end
    return text + source.text[done:]
