"""Step -> the place in the user's files that asked for it."""

import re
from collections.abc import Iterable

from packaging.utils import canonicalize_name

from ..ir.recipe import (
    CheckBase,
    CreateUser,
    EnsurePython,
    InstallProjects,
    InstallPython,
    InstallRequirements,
    InstallSystemPackages,
    RunCommand,
    Step,
)
from ..ir.requirement import Package, RequirementLine
from ..ir.source import Span
from ..ir.spec import Spec, Stated


def origin(spec: Spec, step: Step, output: str) -> Span | None:
    """None for a step that every image has; `output` tells which of several lines is meant."""
    match step:
        case RunCommand():
            return next((one.span for one in (*spec.pre_install, *spec.run) if one.text == step.text), None)
        case InstallSystemPackages():
            return _named(((package.value.partition("=")[0], package.span) for package in spec.system_packages), output)
        case InstallRequirements() | InstallProjects():
            return _named(((_name(line), line.span) for line in spec.requirements), output)
        case CheckBase():
            return _of(spec.base_image)
        case InstallPython() | EnsurePython():
            return _of(spec.python_version)
        case CreateUser():
            return _of(spec.user)
    return None


def base_origin(spec: Spec) -> Span | None:
    return _of(spec.base_image) or _of(spec.cuda) or _of(spec.python_version)


def _of(stated: Stated[str] | None) -> Span | None:
    return None if stated is None else stated.span


def _name(line: RequirementLine) -> str:
    return line.requirement.name if isinstance(line, Package) else line.text


def _named(places: Iterable[tuple[str, Span]], output: str) -> Span | None:
    """The place whose name the output says last, as errors come last; else the first."""
    known = tuple((canonicalize_name(name), span) for name, span in places)
    words = [canonicalize_name(word) for word in re.findall(r"[\w.+-]+", output)]
    last = {word: number for number, word in enumerate(words)}
    said = [(last[name], span) for name, span in known if name in last]
    if said:
        return max(said, key=lambda one: one[0])[1]
    return next((span for _, span in known), None)
