"""Spec with weights.lock beside it: which weights are imported, and where lock and configuration have parted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..ir.codes import weights as codes
from ..ir.diagnostic import CompileError, Diagnostic, Label, Report
from ..ir.project import Files
from ..ir.source import Source, Span
from ..ir.spec import Spec
from ..ir.weight import LOCK, Locked, Weight
from ..weights.drift import Drift, drift
from ..weights.lock import Lock, LockedWeight
from ..weights.places import place
from ..weights.read_lock import read_lock

_IMPORT = "run `cogc weights import`"


def locked(spec: Spec, files: Files, report: Report) -> Spec:
    """The Spec with what the lock file says of its weights; faults and drift are added to `report`."""
    try:
        source = files.read(LOCK)
        file = None if source is None else _File(source, read_lock(source))
    except CompileError as error:
        report.add(*error.diagnostics)
        return spec
    if file is None:
        report.add(*map(_pending, spec.weights))
        return spec
    states = drift(spec.weights, file.lock)
    report.add(*_told(spec, file, states))
    sound = {found.name for found in states if found.state == "locked"}
    return replace(spec, weights=tuple(_with(each, file) if each.name in sound else each for each in spec.weights))


@dataclass(frozen=True, slots=True)
class _File:
    source: Source
    lock: Lock

    def find(self, name: str) -> tuple[int, LockedWeight]:
        return next((number, each) for number, each in enumerate(self.lock.weights) if each.name == name)

    def span(self, name: str, key: str) -> Span:
        return place(self.source, ("weights", self.find(name)[0], key))


def _with(weight: Weight, file: _File) -> Weight:
    found = file.find(weight.name)[1].weights
    span = file.span(weight.name, "setDigest")
    return replace(weight, locked=Locked(found.set_digest, len(found.files), found.size, span))


def _told(spec: Spec, file: _File, states: tuple[Drift, ...]) -> Iterator[Diagnostic]:
    weights = {weight.name: weight for weight in spec.weights}
    for found in states:
        match found.state:
            case "pending":
                yield _pending(weights[found.name])
            case "config-changed":
                yield _changed(weights[found.name], found.changed, file)
            case "orphaned":
                message = f"the weights `{found.name}` are in {LOCK} only"
                span = file.span(found.name, "name")
                yield codes.WEIGHTS_ORPHANED.at(span, message, help=f"{_IMPORT}, which removes them")


def _pending(weight: Weight) -> Diagnostic:
    message = f"the weights `{weight.name}` are not imported: {LOCK} does not have them"
    return codes.WEIGHTS_PENDING.at(weight.span, message, help=_IMPORT)


def _changed(weight: Weight, keys: tuple[str, ...], file: _File) -> Diagnostic:
    message = f"the {' and the '.join(keys)} of the weights `{weight.name}` changed since they were imported"
    also = [Label(file.span(weight.name, key if key == "target" else "sources"), "what was imported") for key in keys]
    return codes.WEIGHTS_CONFIG_CHANGED.at(weight.span, message, help=_IMPORT, also=also)
