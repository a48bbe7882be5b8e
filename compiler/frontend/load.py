"""The whole front end: from the files of a project to its Spec."""

from dataclasses import replace

from ..ir.codes import signature
from ..ir.codes.config import CONFIG_MISSING, PREDICTOR_LEFT_OUT
from ..ir.codes.weights import WEIGHTS_LEFT_OUT
from ..ir.diagnostic import Code, CompileError, Diagnostic, Report
from ..ir.document import Mapping
from ..ir.project import Files
from ..ir.source import Source
from ..ir.spec import Spec
from ..ir.weight import LOCK
from .document import read_document
from .lower import lower
from .validate import validate

_ENTRY_POINTS = frozenset({"predict", "run", "train"})
_OF_PREDICTOR = frozenset(code.id for code in vars(signature).values() if isinstance(code, Code))


def load(files: Files, config: str = "cog.yaml") -> tuple[Spec, tuple[Diagnostic, ...]]:
    """What the project asks for, and the warnings.

    Raises CompileError with all that one run can find: syntax and shape together, then the meaning.
    """
    report = Report()
    source = _source(files, config)
    document = _document(source, report)
    spec = lower(document, source, files, report)
    report.stop_on_errors()
    spec = _locked(spec, files, report)
    report.stop_on_errors()
    return spec, tuple(report.diagnostics)


def load_environment(files: Files, config: str = "cog.yaml") -> tuple[Spec, tuple[Diagnostic, ...]]:
    """The same for what needs neither predictor nor weights: what is not there yet, or being mended, is left out.

    Its faults become warnings. Raises CompileError as `load` does for all others.
    """
    report, of_weights = Report(), Report()
    spec = _locked(_without_faulty_predictor(files, config, report), files, of_weights)
    report.add(*map(_warning, of_weights.diagnostics))
    return spec, tuple(report.diagnostics)


def _without_faulty_predictor(files: Files, config: str, report: Report) -> Spec:
    whole = Report()
    source = _source(files, config)
    spec = lower(_document(source, whole), source, files, whole)
    faults = [found for found in whole.diagnostics if found.severity == "error"]
    if any(fault.code.id not in _OF_PREDICTOR for fault in faults):
        raise CompileError(whole.diagnostics)
    if not faults:
        report.add(*whole.diagnostics)
        return spec
    spec = lower(_document(source, report).without(_ENTRY_POINTS), source, files, report)
    report.stop_on_errors()
    report.add(*(replace(fault, code=PREDICTOR_LEFT_OUT) for fault in faults))
    return spec


def _warning(found: Diagnostic) -> Diagnostic:
    return replace(found, code=WEIGHTS_LEFT_OUT) if found.severity == "error" else found


def _locked(spec: Spec, files: Files, report: Report) -> Spec:
    if not spec.weights and not files.is_file(LOCK):
        return spec
    from .locked import locked

    return locked(spec, files, report)


def read(files: Files, config: str, report: Report) -> Mapping:
    """The document of a configuration file.

    Raises CompileError when there is none of the right shape.
    """
    return _document(_source(files, config), report)


def _source(files: Files, config: str) -> Source:
    source = files.read(config)
    if source is None:
        message = f"there is no {config} in the project"
        raise CompileError([CONFIG_MISSING.bare(message, help="name the configuration file with -f")])
    return source


def _document(source: Source, report: Report) -> Mapping:
    document = read_document(source, report)
    if document is None:
        raise CompileError(report.diagnostics)
    validate(document, report)
    report.stop_on_errors()
    return document
