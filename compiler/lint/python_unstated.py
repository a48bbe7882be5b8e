"""The Python of the image is stated, so that it stays the one that the model was tested with."""

from collections.abc import Iterator

from ..ir.codes.lint import PYTHON_UNSTATED
from ..ir.document import Entry, Mapping
from .finding import Edit, Finding, line_before
from .subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    if subject.spec.python_version is not None:
        return
    line = f'python_version: "{subject.plan.python.value}"'
    first = subject.document.entries[0].key.span
    message = f"the Python of the image is not stated; today it is {subject.plan.python.value}"
    diagnostic = PYTHON_UNSTATED.at(first, message, help=f"write `{line}` under `build`")
    yield Finding(diagnostic, tuple(_fix(subject.document, line)))


def _fix(root: Mapping, line: str) -> Iterator[Edit]:
    """Only where the mapping is written over lines of its own: anything else could change what the file says."""
    build = next((entry for entry in root.entries if entry.key.text == "build"), None)
    if build is None:
        if _begins_its_line(root.entries[0]):
            yield line_before(root.entries[0].key.span, f"build:\n  {line}")
        return
    entries = build.value.entries if isinstance(build.value, Mapping) else ()
    for entry in entries[:1]:
        if _begins_its_line(entry) and entry.key.span.line > build.key.span.line:
            yield line_before(entry.key.span, " " * (entry.key.span.column - 1) + line)


def _begins_its_line(entry: Entry) -> bool:
    span = entry.key.span
    return not span.source.line(span.line)[: span.column - 1].strip()
