"""What the model imports from the SDK is there, and is not on its way out."""

import ast
from collections.abc import Iterator

from ..frontend.signature.known import COG
from ..frontend.signature.place import span_of
from ..ir.codes.lint import IMPORT_DEPRECATED, IMPORT_MISSING
from ..ir.source import Source, Span
from .finding import Edit, Finding
from .subject import Subject

SDK_MODULES = frozenset({"cog", "cog.coder", "cog.exceptions", "cog.server.exceptions", "cog.types"})
SDK_NAMES = COG | {"__version__", "coder", "exceptions", "server", "types", "*"}
_UNUSED = "ExperimentalFeatureWarning"
_WAYS_OUT = {"File": "use `Path`, a file on disk", _UNUSED: "leave it out: nothing gives this warning"}


def check(subject: Subject) -> Iterator[Finding]:
    for source in subject.sources:
        tree = ast.parse(source.text)
        for statement in _certain(tree):
            if isinstance(statement, ast.Import):
                yield from _modules(statement, source)
            elif isinstance(statement, ast.ImportFrom) and not statement.level and _is_sdk(statement.module or ""):
                yield from _names(statement, source, tree)


def _certain(node: ast.AST) -> Iterator[ast.AST]:
    """All that is in it, without what a `try` is ready to see fail."""
    for inner in ast.iter_child_nodes(node):
        if not isinstance(inner, ast.Try):
            yield inner
            yield from _certain(inner)


def _is_sdk(module: str) -> bool:
    return module.partition(".")[0] == "cog"


def _modules(statement: ast.Import, source: Source) -> Iterator[Finding]:
    for alias in statement.names:
        if _is_sdk(alias.name) and alias.name not in SDK_MODULES:
            message, advice = f"there is no module `{alias.name}`", "import `cog`, and take from it what the model uses"
            yield Finding(IMPORT_MISSING.at(span_of(source, alias), message, help=advice))


def _names(statement: ast.ImportFrom, source: Source, tree: ast.Module) -> Iterator[Finding]:
    module = statement.module or ""
    if module not in SDK_MODULES:
        yield _missing_module(statement, module, source)
    for alias in statement.names:
        if module == "cog" and alias.name not in SDK_NAMES:
            yield _missing_name(alias, source)
        if alias.name in _WAYS_OUT:
            diagnostic = IMPORT_DEPRECATED.at(
                span_of(source, alias), f"`{alias.name}` is there for older models only", help=_WAYS_OUT[alias.name]
            )
            yield Finding(diagnostic, tuple(_without(alias, statement, source, tree)))


def _missing_module(statement: ast.ImportFrom, module: str, source: Source) -> Finding:
    """Put right where `cog` itself has all that is taken from it."""
    whole = span_of(source, statement)
    start = whole.text.find(module)
    place = whole.part(start, start + len(module))
    known = all(alias.name in COG for alias in statement.names)
    advice = "import it from `cog`" if known else f"`cog` has: {', '.join(sorted(COG))}"
    diagnostic = IMPORT_MISSING.at(place, f"there is no module `{module}`", help=advice)
    return Finding(diagnostic, (Edit(place, "cog"),) if known and start > 0 else ())


def _missing_name(alias: ast.alias, source: Source) -> Finding:
    from difflib import get_close_matches

    near = get_close_matches(alias.name, COG, 1)
    advice = f"did you mean `{near[0]}`?" if near else f"it has: {', '.join(sorted(COG))}"
    return Finding(IMPORT_MISSING.at(span_of(source, alias), f"`cog` has no `{alias.name}`", help=advice))


def _without(alias: ast.alias, statement: ast.ImportFrom, source: Source, tree: ast.Module) -> Iterator[Edit]:
    """Only of a name that nothing else in the file reads, and only where the statement can be without it."""
    if alias.name != _UNUSED or source.text.count(_UNUSED) > 1:
        return
    others = [one for one in statement.names if one is not alias]
    if not others and statement in tree.body:
        yield from _line(span_of(source, statement))
    if others:
        yield Edit(_with_comma(alias, statement, source), "")


def _line(span: Span) -> Iterator[Edit]:
    """The whole line, where nothing else stands on it."""
    if span.source.line(span.line).strip() == span.text:
        yield Edit(Span(span.source, span.start, min(span.end + 1, len(span.source.text))), "")


def _with_comma(alias: ast.alias, statement: ast.ImportFrom, source: Source) -> Span:
    """The name, with the comma before it, or after it where it is the first."""
    spans = [span_of(source, one) for one in statement.names]
    place = statement.names.index(alias)
    if place:
        return Span(source, spans[place - 1].end, spans[place].end)
    return Span(source, spans[0].start, spans[1].start)
