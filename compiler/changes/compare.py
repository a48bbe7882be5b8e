"""Two compiles compared by what they mean: decisions, requirement lines, files, steps and the model's API."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..contract import Signature
from ..ir.plan import Decision, Plan, PlannedWeights
from ..ir.recipe import Recipe
from ..ir.spec import EntryPoint, Spec
from ..ir.weight import lies_in_weights
from .api import Change, api_changes
from .rebuild import Rebuild, rebuild


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two; `digests` has one for each file that the ignore file leaves."""

    plan: Plan
    recipe: Recipe
    digests: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Moved:
    """A question whose answer changed, arose (`before` is None) or fell away (`after` is None)."""

    question: str
    before: Decision[str] | None
    after: Decision[str] | None


@dataclass(frozen=True, slots=True)
class WeightsMoved:
    """A set of weights of other files or at another target; None where it is new or gone."""

    name: str
    before: PlannedWeights | None
    after: PlannedWeights | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`removed` and `added` are requirement lines, `files` what happened to which file."""

    moved: tuple[Moved, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    steps: Rebuild
    api: tuple[Change, ...]
    weights: tuple[WeightsMoved, ...] = ()

    @property
    def is_breaking(self) -> bool:
        return any(change.breaking for change in self.api)


def compare(before: Side, after: Side) -> Comparison:
    old, new = _lines(before.plan), _lines(after.plan)
    files = tuple(_files(_copied(before), _copied(after)))
    return Comparison(
        moved=tuple(_moved(before.plan, after.plan)),
        removed=tuple(line for line in old if line not in new),
        added=tuple(line for line in new if line not in old),
        files=files,
        steps=rebuild(before.recipe, after.recipe, tuple(path for _, path in files)),
        api=tuple(_api(before.plan.spec, after.plan.spec)),
        weights=tuple(_weights(before.plan, after.plan)),
    )


def _lines(plan: Plan) -> tuple[str, ...]:
    return tuple(line.text for line in plan.requirements)


def _moved(before: Plan, after: Plan) -> Iterator[Moved]:
    for question in dict.fromkeys(name for name, _ in (*before.decisions, *after.decisions)):
        old, new = before.decision(question), after.decision(question)
        if (old and old.value) != (new and new.value):
            yield Moved(question, old, new)


def _weights(before: Plan, after: Plan) -> Iterator[WeightsMoved]:
    old = {each.name: each for each in before.weights}
    new = {each.name: each for each in after.weights}
    for name in dict.fromkeys((*old, *new)):
        if _content(old.get(name)) != _content(new.get(name)):
            yield WeightsMoved(name, old.get(name), new.get(name))


def _content(weights: PlannedWeights | None) -> tuple[str, str] | None:
    return None if weights is None else (weights.target, weights.digest.value)


def _copied(side: Side) -> dict[str, str]:
    weights = side.plan.spec.weights
    return {path: digest for path, digest in side.digests.items() if not lies_in_weights(path, weights)}


def _files(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What happened, and to which file."""
    for path in sorted({*before, *after}):
        if path not in after:
            yield "removed", path
        elif path not in before:
            yield "added", path
        elif before[path] != after[path]:
            yield "changed", path


def _api(before: Spec, after: Spec) -> Iterator[Change]:
    yield from api_changes(_signature(before.predict), _signature(after.predict), "predict")
    yield from api_changes(_signature(before.train), _signature(after.train), "train")


def _signature(entry: EntryPoint | None) -> Signature | None:
    return None if entry is None else entry.signature
