"""Refusal: what ends the reading of one part of a signature, carrying what to tell the user."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from ...ir.codes.signature import TOO_DEEP
from ...ir.diagnostic import Diagnostic, Label, Report
from ...ir.source import Span

T = TypeVar("T")


class Refusal(Exception):
    """Raised by a leaf of the reader, caught by `attempt` at the part that it spoils."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic
        super().__init__(diagnostic.message)


def attempt(report: Report, part: Span, read: Callable[[], T]) -> T | None:
    """What `read` returns, or None after its refusal went into the report; `part` is what is being read."""
    try:
        return read()
    except Refusal as refusal:
        report.add(_leading_to(refusal.diagnostic, part))
    except RecursionError:
        report.add(
            TOO_DEEP.at(part, "this refers to itself, or is nested too deeply", help="write it without the circle")
        )
    return None


def _leading_to(diagnostic: Diagnostic, part: Span) -> Diagnostic:
    """A fault in a place that the part only refers to also shows the part."""
    if any(_is_within(label.span, part) for label in diagnostic.labels):
        return diagnostic
    return replace(diagnostic, labels=(*diagnostic.labels, Label(part, "used here")))


def _is_within(span: Span, part: Span) -> bool:
    return span.source == part.source and part.start <= span.start and span.end <= part.end
