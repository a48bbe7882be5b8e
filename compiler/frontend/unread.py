"""The front end for an interface that a ready document tells, where the source may keep it to itself."""

from dataclasses import replace

from ..contract import Signature, Type
from ..ir.diagnostic import CompileError, Diagnostic, Report
from ..ir.document import Mapping
from ..ir.project import Files
from ..ir.spec import EntryPoint, Spec
from .load import load, load_environment, read
from .references import read_reference

_UNREAD = Signature((), Type("any"))


def load_unread(files: Files, config: str = "cog.yaml") -> tuple[Spec, tuple[Diagnostic, ...]]:
    """As `load`; an entry point that cannot be read is taken by its name.

    Raises CompileError as `load` does for all that is not the predictor's.
    """
    try:
        return load(files, config)
    except CompileError:
        spec, _ = load_environment(files, config)
    report = Report()
    root = read(files, config, report)
    named = replace(
        spec,
        predict=_named(root, "run", report) or _named(root, "predict", report),
        train=_named(root, "train", report),
    )
    report.stop_on_errors()
    return named, ()


def _named(root: Mapping, key: str, report: Report) -> EntryPoint | None:
    scalar = root.scalar(key)
    reference = None if scalar is None else read_reference(scalar, report)
    return None if reference is None else EntryPoint(reference, _UNREAD)
