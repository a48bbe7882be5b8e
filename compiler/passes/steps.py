"""Plan -> Recipe: the steps, those that change seldom first."""

import re
from collections.abc import Iterable, Iterator

from ..ir.codes.delivery import ENVIRONMENT_LINE_BREAK
from ..ir.diagnostic import Report
from ..ir.plan import Plan
from ..ir.reads import CacheFolder, SecretFile
from ..ir.recipe import (
    ROOT,
    CheckBase,
    CopySource,
    CopyWeights,
    CreateUser,
    Describe,
    EnsurePython,
    InstallProjects,
    InstallPython,
    InstallRequirements,
    InstallServer,
    InstallSystemPackages,
    InstallTools,
    ListWeights,
    Recipe,
    RunCommand,
    SetEnvironment,
    StartServer,
    Step,
)
from ..ir.requirement import LocalFile, LocalFolder, LocalLinks
from ..ir.spec import Command, Spec, Variable
from ..ir.weight import Layers, MountedWeights, lies_in_weights
from .labels import labels

# tini reaps what the model leaves behind; curl is what the documents' own `run` example calls.
_TOOLS = ("ca-certificates", "curl", "tini")
_GPU_TOOLS = ("ca-certificates", "curl", "git", "tini", "wget", "xz-utils")
_ALWAYS = (("DEBIAN_FRONTEND", "noninteractive"), ("PYTHONUNBUFFERED", "1"))
_GPU = (("NVIDIA_DRIVER_CAPABILITIES", "all"),)
_SERVE = ("python", "-m", "cog.server.http")


def lower(plan: Plan, weights: Layers = ()) -> Recipe:
    """The steps of a plan; `weights` are the paths of each layer that is taken out of the source.

    Raises CompileError (`environment-line-break`) for a variable that no image can hold.
    """
    _check_variables(plan.spec.environment)
    return Recipe(plan.base_image.value, plan.python.value, tuple(_steps(plan, weights)))


def _steps(plan: Plan, weights: Layers) -> Iterator[Step]:
    yield from _foundation(plan)
    yield from _model(plan)
    layers = _layers(plan, weights)
    yield from (CopyWeights(number, paths) for number, paths in enumerate(layers, start=1))
    if plan.weights:
        yield ListWeights(tuple(MountedWeights(each.name, each.target, each.digest.value) for each in plan.weights))
    if targets := _targets(plan.spec):
        yield SetEnvironment(targets)
    yield StartServer(_SERVE, user=_user(plan.spec))
    yield Describe(labels(plan))
    mounted = (folder for weight in plan.spec.weights for folder in weight.folders)
    yield CopySource(without=_unique((*mounted, *(path for layer in layers for path in layer))))


def _layers(plan: Plan, weights: Layers) -> Layers:
    """Without what is mounted and so in no layer."""
    kept = (tuple(path for path in layer if not lies_in_weights(path, plan.spec.weights)) for layer in weights)
    return tuple(layer for layer in kept if layer)


def _foundation(plan: Plan) -> Iterator[Step]:
    """What all models on one base share, byte for byte."""
    spec = plan.spec
    if spec.base_image is not None:
        yield CheckBase(spec.base_image.value)
    yield SetEnvironment((*_ALWAYS, *_GPU) if spec.uses_gpu else _ALWAYS)
    yield InstallTools(_GPU_TOOLS if spec.uses_gpu else _TOOLS)
    if spec.base_image is not None:
        yield EnsurePython(plan.python.value)
    elif not _has_python(plan.base_image.value):
        yield InstallPython(plan.python.value)
    yield InstallServer()


def _model(plan: Plan) -> Iterator[Step]:
    spec = plan.spec
    if spec.system_packages:
        yield InstallSystemPackages(tuple(package.value for package in spec.system_packages))
    yield from map(_command, spec.pre_install)
    yield from _packages(plan)
    if spec.environment:
        yield SetEnvironment(tuple((variable.name, variable.value) for variable in spec.environment))
    if _user(spec) != ROOT:
        yield CreateUser(_user(spec))
    yield from map(_command, spec.run)


def _packages(plan: Plan) -> Iterator[Step]:
    stated = plan.spec.requirements
    files = _unique(line.path for line in stated if isinstance(line, LocalFile | LocalLinks))
    folders = _unique(line.path for line in stated if isinstance(line, LocalFolder))
    last = {line.text for line in stated if isinstance(line, LocalFolder)}
    lines = tuple(line.text for line in plan.requirements)
    constraints = tuple(constraint.text for constraint in plan.spec.constraints)
    yield InstallRequirements(tuple(line for line in lines if line not in last), constraints, files)
    if folders:
        yield InstallProjects(lines, folders, constraints, files)


def _unique(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(paths))


def _user(spec: Spec) -> str:
    return ROOT if spec.user is None else spec.user.value


def _command(command: Command) -> RunCommand:
    return RunCommand(
        command.text,
        tuple(SecretFile(mount.id, mount.target) for mount in command.mounts),
        tuple(CacheFolder(mount.target) for mount in command.caches),
        tuple(path.value for path in command.copy),
    )


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
