"""Rules about projects that compile and are likely to hurt later; one file a rule."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from ..ir.diagnostic import Diagnostic
from ..ir.source import Source
from . import (
    context_large,
    imports,
    installer_in_run,
    python_differs,
    python_unstated,
    requirement_unpinned,
    root_user,
    secret_file,
    secret_text,
    unneeded_files,
    version_unquoted,
)
from .finding import Finding
from .subject import Context, Subject

# What needs no more than the list of files holds for a project that does not compile, too.
CONTEXT_RULES: tuple[Callable[[Context], Iterator[Finding]], ...] = (
    secret_file.check,
    unneeded_files.check,
    context_large.check,
)
RULES: tuple[Callable[[Subject], Iterator[Finding]], ...] = (
    version_unquoted.check,
    python_unstated.check,
    python_differs.check,
    requirement_unpinned.check,
    installer_in_run.check,
    imports.check,
    secret_text.check,
    root_user.check,
)
_SILENCED = re.compile(r"#.*\bcogc:\s*ignore\[(?P<codes>[a-z0-9-]+(\s*,\s*[a-z0-9-]+)*)\]")


def lint_context(context: Context) -> tuple[Finding, ...]:
    return tuple(finding for rule in CONTEXT_RULES for finding in rule(context))


def lint(subject: Subject) -> tuple[Finding, ...]:
    """What the rules find, without what a comment `# cogc: ignore[CODE]` on its line silences."""
    hidden = secret_text.hidden(subject.spec)
    found = (finding for rule in RULES for finding in rule(subject) if not is_silenced(finding.diagnostic))
    return tuple(replace(finding, diagnostic=_told(finding.diagnostic, hidden)) for finding in found)


def _told(diagnostic: Diagnostic, hidden: Source) -> Diagnostic:
    """The same places in a source that can be shown."""
    labels = (
        replace(label, span=replace(label.span, source=hidden)) if label.span.source.name == hidden.name else label
        for label in diagnostic.labels
    )
    return replace(diagnostic, labels=tuple(labels))


def is_silenced(diagnostic: Diagnostic) -> bool:
    """Whether a comment on the line of its main place says so."""
    lines = (label.span.source.line(label.span.line) for label in diagnostic.labels[:1])
    comments = (found for line in lines for found in _SILENCED.finditer(line))
    return any(diagnostic.code.id in re.split(r"\s*,\s*", found["codes"]) for found in comments)
