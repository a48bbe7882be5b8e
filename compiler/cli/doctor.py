"""cogc doctor: looks over a project, and puts right what is safe to put right."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby
from pathlib import Path

import click

from ..frontend.document import read_document
from ..frontend.files import FolderFiles
from ..ir.codes import lint as codes
from ..ir.diagnostic import Code, CompileError, Diagnostic, Report
from ..ir.document import Mapping
from ..ir.spec import Spec
from ..lint.finding import Finding
from ..lint.subject import Subject
from ..pipeline import Compilation
from .console import messages, say, show
from .project import compat_option, config_option, database, find_project

_CODES = tuple(value.id for value in vars(codes).values() if isinstance(value, Code))


@click.command("doctor")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--fix", is_flag=True, help="Put right what is safe to; comments and layout of files are kept.")
@click.option("--ignore", "ignored", metavar="CODE", multiple=True, type=click.Choice(_CODES), help=(
    "Leave this code out; may be repeated. What stops a compile cannot be left out."
))  # fmt: skip
@click.option(
    "--host",
    is_flag=True,
    help="Look at this machine, too: is there an engine to build with, do its Python and its GPUs suit?",
)
@config_option
@compat_option
def command(folder: Path | None, fix: bool, ignored: tuple[str, ...], host: bool, config: str) -> None:
    """Looks over the project in DIR (by default the nearest one): all that stops or warns a compile, and what
    compiles but is likely to hurt later. Changes nothing without --fix. The exit code is 1 if an error is left.

    A comment `# cogc: ignore[CODE]` silences a warning about its line; `cogc explain CODE` says more about each.
    """
    project = find_project(folder, config)
    messages().on_stderr = False
    findings = _look(project, config, ignored)
    if fix and any(finding.fix for finding in findings):
        _write_fixes(project.root, findings)
        findings = _look(project, config, ignored)
    diagnostics = (*(finding.diagnostic for finding in findings), *(_host(project, config) if host else ()))
    show(diagnostics)
    _conclude(diagnostics, findings)


def _look(project: FolderFiles, config: str, ignored: tuple[str, ...]) -> tuple[Finding, ...]:
    from ..deliver.listing import context_of
    from ..lint import lint_context

    found = (*_compiled(project, config), *lint_context(context_of(project.root)))
    return tuple(finding for finding in found if finding.diagnostic.code.id not in ignored)


def _compiled(project: FolderFiles, config: str) -> tuple[Finding, ...]:
    """What the compiler says, and if it has no errors, what the rules say."""
    from ..lint import is_silenced, lint

    compilation = Compilation(project, config, database())
    try:
        compilation.recipe  # noqa: B018  # a stage is made by asking for it
        subject = _subject(project, compilation)
    except CompileError as error:
        return tuple(map(Finding, error.diagnostics))
    warnings = (Finding(diagnostic) for diagnostic in compilation.diagnostics if not is_silenced(diagnostic))
    return (*warnings, *lint(subject))


def _subject(project: FolderFiles, compilation: Compilation) -> Subject:
    from ..deliver.local_python import environments

    spec = compilation.spec
    paths = dict.fromkeys(entry.reference.path for entry in (spec.predict, spec.train) if entry is not None)
    sources = tuple(source for path in paths if (source := project.read(path)) is not None)
    return Subject(_document(spec), spec, compilation.plan, sources, environments(project.root))


def _document(spec: Spec) -> Mapping:
    document = read_document(spec.config, Report())
    assert document is not None, "it has been compiled"
    return document


def _write_fixes(root: Path, findings: tuple[Finding, ...]) -> None:
    from ..lint.finding import edited

    edits = sorted((edit for finding in findings for edit in finding.fix), key=lambda edit: edit.span.source.name)
    for name, group in groupby(edits, key=lambda edit: edit.span.source.name):
        changes = tuple(dict.fromkeys(group))
        _write(root / name, edited(changes[0].span.source, changes))
        say(f"Changed {name}: {len(changes)} {'place' if len(changes) == 1 else 'places'}.")


def _write(path: Path, text: str) -> None:
    """With the line ends that the file has."""
    windows = path.is_file() and b"\r\n" in path.read_bytes()
    path.write_text(text, encoding="utf-8", newline="\r\n" if windows else "\n")


def _host(project: FolderFiles, config: str) -> Iterator[Diagnostic]:
    from ..deliver.engine import require_builder, require_engine

    try:
        require_engine()
        require_builder()
    except CompileError as error:
        for diagnostic in error.diagnostics:
            yield codes.ENGINE_ABSENT.bare(diagnostic.message, help=diagnostic.help)
    with suppress(CompileError):  # it is among the findings
        compilation = Compilation(project, config, database())
        yield from _python(project, compilation)
        yield from _gpus(compilation)


def _python(project: FolderFiles, compilation: Compilation) -> Iterator[Diagnostic]:
    """A project with an environment of its own is tried in that, and it is among the findings."""
    from ..deliver.local_python import environments, python_of_path
    from ..lint.python_differs import check_python

    for local in () if environments(project.root) else python_of_path():
        yield from check_python(compilation.spec, compilation.plan.python.value, local)


def _gpus(compilation: Compilation) -> Iterator[Diagnostic]:
    from ..deliver.gpus import compute_capabilities
    from ..lint.gpu_unsupported import check_gpus

    if compilation.spec.uses_gpu:
        yield from check_gpus(compilation.plan, compilation.compat.floors, compute_capabilities())


def _conclude(diagnostics: tuple[Diagnostic, ...], findings: tuple[Finding, ...]) -> None:
    fixable = sum(bool(finding.fix) for finding in findings)
    counts = {
        severity: sum(one.severity == severity for one in diagnostics) for severity in ("error", "warning", "note")
    }
    told = ", ".join(f"{count} {severity}{'s' * (count != 1)}" for severity, count in counts.items() if count)
    say(f"{told or 'Nothing to complain of'}{f'; --fix puts {fixable} right' if fixable else ''}.")
    if counts["error"]:
        raise SystemExit(1)
