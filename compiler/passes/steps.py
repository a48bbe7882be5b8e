"""Plan -> Recipe: the steps, those that change seldom first."""

import re
from collections.abc import Iterator

from ..ir.codes.delivery import ENVIRONMENT_LINE_BREAK
from ..ir.diagnostic import Report
from ..ir.plan import Plan
from ..ir.recipe import (
    CopySource,
    Describe,
    InstallPython,
    InstallRequirements,
    InstallServer,
    InstallSystemPackages,
    InstallTools,
    Recipe,
    RunCommand,
    SecretFile,
    SetEnvironment,
    StartServer,
    Step,
)
from ..ir.spec import Command, Spec, Variable
from .labels import labels

# tini reaps what the model leaves behind; curl is what the documents' own `run` example calls.
_TOOLS = ("ca-certificates", "curl", "tini")
_GPU_TOOLS = ("ca-certificates", "curl", "git", "tini", "wget", "xz-utils")
_ALWAYS = (("DEBIAN_FRONTEND", "noninteractive"), ("PYTHONUNBUFFERED", "1"))
_GPU = (("NVIDIA_DRIVER_CAPABILITIES", "all"),)
_SERVE = ("python", "-m", "cog.server.http")


def lower(plan: Plan) -> Recipe:
    """The steps of a plan.

    Raises CompileError (`environment-line-break`) for a variable that no image can hold.
    """
    _check_variables(plan.spec.environment)
    return Recipe(plan.base_image.value, plan.python.value, tuple(_steps(plan)))


def _steps(plan: Plan) -> Iterator[Step]:
    yield from _foundation(plan)
    yield from _model(plan)
    if targets := _targets(plan.spec):
        yield SetEnvironment(targets)
    yield StartServer(_serve(plan.spec))
    yield Describe(labels(plan))
    yield CopySource()


def _foundation(plan: Plan) -> Iterator[Step]:
    """What all models on one base share, byte for byte."""
    if _has_python(plan.base_image.value):
        yield SetEnvironment(_ALWAYS)
        yield InstallTools(_TOOLS)
    else:
        yield SetEnvironment((*_ALWAYS, *_GPU))
        yield InstallTools(_GPU_TOOLS)
        yield InstallPython(plan.python.value)
    yield InstallServer()


def _model(plan: Plan) -> Iterator[Step]:
    spec = plan.spec
    if spec.system_packages:
        yield InstallSystemPackages(tuple(package.value for package in spec.system_packages))
    yield InstallRequirements(tuple(line.text for line in plan.requirements))
    if spec.environment:
        yield SetEnvironment(tuple((variable.name, variable.value) for variable in spec.environment))
    yield from map(_command, spec.run)


def _command(command: Command) -> RunCommand:
    return RunCommand(command.text, tuple(SecretFile(mount.id, mount.target) for mount in command.mounts))


def _serve(spec: Spec) -> tuple[str, ...]:
    """A project that can only be trained is served as such."""
    return (*_SERVE, "--x-mode", "train") if spec.predict is None and spec.train is not None else _SERVE


def _targets(spec: Spec) -> tuple[tuple[str, str], ...]:
    """What the server is told by its environment: which code to load, how many predictions at a time."""
    stated = (
        ("COG_PREDICT_TYPE_STUB", spec.predict and str(spec.predict.reference)),
        ("COG_TRAIN_TYPE_STUB", spec.train and str(spec.train.reference)),
        ("COG_MAX_CONCURRENCY", _concurrency(spec)),
    )
    return tuple((name, value) for name, value in stated if value)


def _concurrency(spec: Spec) -> str | None:
    """What cog.yaml says goes before the predictor's decorator; one at a time needs no saying."""
    if spec.concurrency is not None:
        return str(spec.concurrency.value)
    if spec.predict is None or spec.predict.signature.max_concurrency == 1:
        return None
    return str(spec.predict.signature.max_concurrency)


def _has_python(base: str) -> bool:
    return re.match(r"(.*/)?python:", base) is not None


def _check_variables(variables: tuple[Variable, ...]) -> None:
    report = Report()
    for variable in variables:
        if "\n" in variable.value:
            message = f"the value of {variable.name} has a line break, which an image's environment cannot hold"
            report.add(ENVIRONMENT_LINE_BREAK.at(variable.span, message, help="put the text in a file of the project"))
    report.stop_on_errors()
