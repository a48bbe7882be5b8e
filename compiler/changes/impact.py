"""Impact: which steps of the image one change repeats, for certain and under a condition."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..ir.plan import Plan
from ..ir.spec import Spec
from ..ir.weight import LOCK, lies_in_weights
from .pretend import another_base, another_requirement, another_signature, another_weights, change_of_key

_FRAMEWORKS = ("torch", "torchvision", "torchaudio", "tensorflow", "jax", "onnxruntime-gpu")


@dataclass(frozen=True, slots=True)
class Supposed:
    """A change: `plan` and `files`, those of the project that differ, after it; `condition` is blank for certain."""

    plan: Plan
    files: tuple[str, ...] = ()
    condition: str = ""


def changes_of_key(plan: Plan, key: str) -> tuple[Supposed, ...]:
    """Beside what the key means, the text of cog.yaml is among the project's files."""
    files = (plan.spec.config.name,)
    changed = Supposed(change_of_key(key)(plan), files)
    return (changed, *_of_requirements(plan, files)) if key.startswith("build.python_") else (changed,)


def changes_of_file(plan: Plan, path: str, *, copied: bool) -> tuple[Supposed, ...]:
    """`copied`: the ignore file leaves it in the image."""
    files = (path,) if copied and not lies_in_weights(path, plan.spec.weights) else ()
    if path in _requirement_files(plan.spec):
        return (Supposed(another_requirement(plan), files), *_of_requirements(plan, files))
    if path == plan.spec.config.name:
        return (Supposed(plan, files), Supposed(another_base(plan), files, "a key of build changes"))
    if path == LOCK and plan.spec.weights:
        return (Supposed(another_weights(plan), files),)
    if path in _entry_files(plan.spec):
        return (Supposed(plan, files), Supposed(another_signature(plan), files, "inputs or output change"))
    return (Supposed(plan, files),)


def _of_requirements(plan: Plan, files: tuple[str, ...]) -> Iterator[Supposed]:
    """The frameworks decide which Python and which CUDA are possible."""
    present = [name for name in _FRAMEWORKS if plan.decision(name) is not None]
    if present and (plan.spec.uses_gpu or plan.spec.python_version is None):
        yield Supposed(another_base(plan), files, f"{' or '.join(present)} changes")


def _requirement_files(spec: Spec) -> set[str]:
    stated = set() if spec.requirements_file is None else {spec.requirements_file.value}
    return {line.span.source.name for line in spec.requirements} - {spec.config.name} | stated


def _entry_files(spec: Spec) -> set[str]:
    return {entry.reference.path for entry in (spec.predict, spec.train) if entry is not None}
