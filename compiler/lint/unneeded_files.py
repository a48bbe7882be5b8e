"""Environments and caches stay out of the image."""

from collections.abc import Iterator

from ..ir.codes.lint import UNNEEDED_FILES
from .finding import Finding, line_at_end
from .subject import Context

_FOLDERS = (
    ".venv",
    "venv",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".ipynb_checkpoints",
    ".tox",
    ".idea",
    ".vscode",
    "node_modules",
)
_MEGABYTE = 1_000_000


def check(context: Context) -> Iterator[Finding]:
    for folder in _FOLDERS:
        sizes = [file.size for file in context.files if folder in file.path.split("/")[:-1]]
        if not sizes:
            continue
        size = f"{sum(sizes) / _MEGABYTE:,.1f} MB"
        message = f"{folder}, with {size} of files, would be in the image"
        diagnostic = UNNEEDED_FILES.bare(message, help=f"add `**/{folder}` to {context.ignore.name}")
        yield Finding(diagnostic, (line_at_end(context.ignore, f"**/{folder}"),))
