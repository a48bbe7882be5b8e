"""Region: a span as machines want it, with both of its ends as line and column."""

import posixpath
from dataclasses import dataclass

from ..ir.source import Span


@dataclass(frozen=True, slots=True)
class Region:
    """Lines and columns count from 1, in characters; `end_column` is the first one after the span."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


def region(span: Span, folder: str) -> Region:
    """`folder` is where the project lies, as seen from where the paths are read; blank for the same place."""
    end_line, end_column = span.source.position(span.end)
    return Region(
        posixpath.normpath(posixpath.join(folder, span.source.name)), span.line, span.column, end_line, end_column
    )
