"""What every change of the source sends again is not huge."""

from collections.abc import Iterator

from ..ir.codes.lint import CONTEXT_LARGE
from .finding import Finding
from .subject import Context

_MOST_BYTES = 200_000_000
_MOST_FILES = 10_000
_SHOWN = 3
_MEGABYTE = 1_000_000


def check(context: Context) -> Iterator[Finding]:
    total = sum(file.size for file in context.files)
    if total <= _MOST_BYTES and len(context.files) <= _MOST_FILES:
        return
    biggest = sorted(context.files, key=lambda file: (-file.size, file.path))[:_SHOWN]
    listed = ", ".join(f"{file.path} ({file.size / _MEGABYTE:,.1f} MB)" for file in biggest)
    message = f"{len(context.files):,} files with {total / _MEGABYTE:,.0f} MB go into the image's last layer"
    advice = f"name in {context.ignore.name} what the model does not read; the biggest are: {listed}"
    yield Finding(CONTEXT_LARGE.bare(message, help=advice))
