"""Entry points: `file.py:Name`, and the signature behind it."""

import re
from collections.abc import Iterator
from typing import Literal

from ..ir.codes import config as codes
from ..ir.diagnostic import Diagnostic, Label, Report
from ..ir.document import Mapping, Scalar
from ..ir.project import Files
from ..ir.spec import EntryPoint, Reference
from .files import normal
from .grammar import fault

Mode = Literal["predict", "train"]


def predictor(root: Mapping, files: Files, report: Report) -> EntryPoint | None:
    """The entry point of predictions, under its newer or its older name."""
    run, predict = root.entry("run"), root.entry("predict")
    if run is not None and predict is not None:
        message, also = "`run` and `predict` are two names of one key", [Label(predict.key.span, "the older name")]
        report.add(codes.RUN_AND_PREDICT.at(run.key.span, message, help="keep one of them", also=also))
        return None
    return _entry_point(root.scalar("run") or root.scalar("predict"), "predict", files, report)


def trainer(root: Mapping, files: Files, report: Report) -> EntryPoint | None:
    return _entry_point(root.scalar("train"), "train", files, report)


def _entry_point(scalar: Scalar | None, mode: Mode, files: Files, report: Report) -> EntryPoint | None:
    reference = None if scalar is None else read_reference(scalar, report)
    if reference is None:
        return None
    from .signature import read_signature

    signature, diagnostics = read_signature(files, reference, mode)
    report.add(*_untold(diagnostics, report))
    return None if signature is None else EntryPoint(reference, signature)


def _untold(found: tuple[Diagnostic, ...], report: Report) -> Iterator[Diagnostic]:
    """Both entry points may lead to one fault, such as broken syntax of the file that they share."""
    told = {(one.code, one.message, one.labels[:1]) for one in report.diagnostics}
    return (one for one in found if (one.code, one.message, one.labels[:1]) not in told)


def read_reference(scalar: Scalar, report: Report) -> Reference | None:
    """The parts of `file.py:Name`."""
    text = scalar.text.strip()
    place = fault("reference", text)
    if place is not None:
        message = f"`{text}` is not of the form file.py:Name"
        report.add(codes.REFERENCE_FORMAT.at(scalar.span, message, help=_help(text)))
        return None
    path, _, name = text.rpartition(":")
    if _leads_outside(path):
        message, advice = f"`{path}` leads out of the project", "give the path from the project's folder"
        report.add(codes.REFERENCE_OUTSIDE.at(scalar.part(0, len(path)), message, help=advice))
        return None
    return Reference(normal(path), name, scalar.span)


def _leads_outside(path: str) -> bool:
    return path.startswith(("/", "~")) or ".." in path.split("/") or "\\" in path


def _help(text: str) -> str:
    if re.fullmatch(r"[\w/.-]+\.py", text):
        return f"name the class too: `{text}:Predictor`"
    if match := re.fullmatch(r"(\w[\w.]*)[:.](\w+)", text):
        return f"give the path of the file: `{match[1].removesuffix('.py').replace('.', '/')}.py:{match[2]}`"
    return "write for example `predict.py:Predictor`"
