"""Source: a file's name and text. Span: a piece of it, for messages that point."""

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Source:
    """A text file of the project; `name` is its path from the project's root, with forward slashes."""

    name: str
    text: str = field(repr=False)

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        return (0, *(place + 1 for place, character in enumerate(self.text) if character == "\n"))

    def line(self, number: int) -> str:
        """Line `number`, counted from 1, without its end; blank when there is no such line."""
        lines = self.text.split("\n")
        return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else ""

    def offset(self, line: int, column: int) -> int:
        """The place of a line and column (both from 1, in characters) in the text."""
        return min(self._line_starts[line - 1] + column - 1, len(self.text))

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column (both from 1, in characters) of a place in the text."""
        row = bisect_right(self._line_starts, offset)
        return row, offset - self._line_starts[row - 1] + 1

    def whole(self) -> "Span":
        return Span(self, 0, len(self.text))

    def start(self) -> "Span":
        return Span(self, 0, 0)


@dataclass(frozen=True, slots=True)
class Span:
    """The characters `start` up to, not including, `end` of a source."""

    source: Source
    start: int
    end: int

    @property
    def line(self) -> int:
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        return self.source.position(self.start)[1]

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    def part(self, start: int, end: int) -> "Span":
        """A piece of this span, by offsets from its start."""
        return Span(self.source, self.start + start, min(self.start + end, self.end))

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}:{self.column}"
