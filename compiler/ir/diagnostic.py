"""Diagnostic: one thing to tell the user, with its code, its places and the next step."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from .source import Span

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Label:
    """A place and what is to be said about it; `text` may be blank where the message says it all."""

    span: Span
    text: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """`labels` has the main place first; `help` is the next step, in the imperative."""

    code: "Code"
    message: str
    labels: tuple[Label, ...] = ()
    help: str = ""

    @property
    def severity(self) -> Severity:
        return self.code.severity


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of diagnostic. `id` is a public name in kebab case: it is never given another meaning.

    `explanation` is what `cogc explain CODE` prints: what the compiler found, why it matters, what to do.
    """

    id: str
    severity: Severity
    explanation: str

    def at(
        self, span: Span, message: str, *, label: str = "", help: str = "", also: Iterable[Label] = ()
    ) -> Diagnostic:
        """A diagnostic whose main place is `span`; `also` are further places that take part."""
        return Diagnostic(self, message, (Label(span, label), *also), help)

    def bare(self, message: str, *, help: str = "") -> Diagnostic:
        """A diagnostic that has no place in any file, such as a missing file."""
        return Diagnostic(self, message, (), help)


class CompileError(Exception):
    """What stops a compile: at least one error, and all other diagnostics of the stages that ran."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("; ".join(diagnostic.message for diagnostic in self.diagnostics))


@dataclass(slots=True)
class Report:
    """Collects diagnostics within a stage, so that one run shows all that can be found."""

    diagnostics: list[Diagnostic] = field(default_factory=list)

    def add(self, *diagnostics: Diagnostic) -> None:
        self.diagnostics.extend(diagnostics)

    @property
    def has_errors(self) -> bool:
        return any(diagnostic.severity == "error" for diagnostic in self.diagnostics)

    def stop_on_errors(self) -> None:
        """Between two stages: the next one never sees broken input."""
        if self.has_errors:
            raise CompileError(self.diagnostics)
