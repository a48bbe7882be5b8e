"""Pieces of a requirements file that do not hang on each other, and those for which its grammar is not needed."""

from collections.abc import Iterator

# Words without a comment or an option, and what a tool that locks requirements writes behind them.
_WORD = r"[^\s\\#-][^\s\\#]*"
_HASH = r"[ \t]+(?:\\\n[ \t]*)?--hash=[a-z0-9]+:[0-9a-f]+"
USUAL_LINE = (
    rf"[ \t]*(?:(?P<requirement>{_WORD}(?:[ \t]+{_WORD})*)(?P<options>(?:{_HASH})*)(?:[ \t]+|\Z))?(?:#[^\\\n]*)?"
)


def independent(text: str) -> Iterator[str]:
    """Lines, with a line break in them where a backslash stands before it; a line break is between two of them."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines.append(line)
        if not line.endswith(("\\", "\\\r")):
            yield "\n".join(lines)
            lines.clear()
    if lines:
        yield "\n".join(lines)
