"""Recipe -> Dockerfile."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from ..ir.ground_steps import FixTimes, TrustCertificates
from ..ir.recipe import (
    ROOT,
    SOURCE_FOLDER,
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
from ..ir.weight import WEIGHTS
from . import apt, base, certificates, installer
from .layout import OWN, SOURCE, place, weights_place
from .quoting import folded, quoted, shell_or_exec
from .run import cache_mount, copy, run

# The name of the last stage, which is the image.
STAGE = "model"

_HEADER = "# Made by cogc from cog.yaml: a change here lasts until it is made again.\n"
_CACHE_PIP = cache_mount("/root/.cache/pip")
_TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Block:
    """The instructions of one step, under a title that a person reads."""

    title: str
    instructions: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join((f"# {self.title}", *self.instructions, ""))


def dockerfile(recipe: Recipe) -> str:
    """The text, which needs the files of `context_files` and, of the project, those of `layout`."""
    fetching = f"FROM {_installer_base(recipe)} AS uv\n{installer.fetch(recipe)}\n"
    image = f"FROM {recipe.base} AS {STAGE}\n"
    return "\n".join((_HEADER, fetching, image, *(block.text for block, _ in laid_out(recipe))))


def with_labels(text: str, labels: tuple[tuple[str, str], ...]) -> str:
    """A Dockerfile of the user's, whose last stage gets labels."""
    return "\n".join((text.rstrip("\n"), "", *_pairs("LABEL", labels), ""))


def numbered(recipe: Recipe) -> tuple[tuple[str, Step], ...]:
    """Title and step of each instruction of the last stage that makes a layer, in order."""
    working = ("RUN ", "COPY ", "WORKDIR ")
    lines = ((block.title, step, line) for block, step in laid_out(recipe) for line in block.instructions)
    return tuple((title, step) for title, step, line in lines if line.startswith(working))


def laid_out(recipe: Recipe) -> tuple[tuple[Block, Step], ...]:
    """The blocks of the last stage, each with the step that it belongs to."""
    return tuple((block, step) for step in recipe.steps for block in _blocks_of(step))


def _blocks_of(step: Step) -> Iterator[Block]:
    """One block, or three where a command runs among files of the project."""
    if not isinstance(step, RunCommand) or not step.copy:
        yield _block(step)
        return
    copies = (copy(place(path), f"{SOURCE_FOLDER}/{path}") for path in step.copy)
    yield Block("Files of the next command", (f"WORKDIR {SOURCE_FOLDER}", *copies))
    yield _block(step)
    yield Block("Folder of the next step", ("WORKDIR /",))


def _installer_base(recipe: Recipe) -> str:
    """Any image with pip will do; the base itself costs nothing more."""
    if any(isinstance(step, InstallPython | EnsurePython) for step in recipe.steps):
        return f"python:{'.'.join(recipe.python.split('.')[:2])}-slim"
    return recipe.base


def _block(step: Step) -> Block:
    match step:
        case FixTimes():
            return Block("The time that commands are told", (f"ARG SOURCE_DATE_EPOCH={step.seconds}",))
        case CheckBase():
            return Block("The base image keeps its contract", (f"USER {ROOT}", "WORKDIR /", run((), base.check(step))))
        case TrustCertificates():
            return Block("Certificates", certificates.instructions())
        case InstallTools():
            return Block("Tools of the image", (_apt(step.packages, ("--no-install-recommends",)),))
        case InstallPython():
            return Block(f"Python {step.version}", installer.python(step))
        case EnsurePython():
            return Block(f"Python {step.version}, unless the base has it", installer.missing_python(step))
        case InstallServer():
            return Block("Prediction server, apart from the model", (installer.server(step),))
        case InstallSystemPackages():
            return Block("System packages", (_apt(step.packages, ()),))
        case InstallRequirements():
            return Block("Python packages", (installer.requirements(step),))
        case InstallProjects():
            return Block("Python packages of the project", (installer.projects(step),))
        case CreateUser():
            return Block("User", (run((), base.create_user(step)),))
        case _:
            return _block_of_model(step)


def _block_of_model(
    step: RunCommand | SetEnvironment | CopyWeights | ListWeights | StartServer | Describe | CopySource,
) -> Block:
    match step:
        case SetEnvironment():
            return Block("Environment", tuple(_pairs("ENV", step.variables)))
        case RunCommand():
            return Block(f"Command: {_shortened(step.text)}", (_command(step),))
        case ListWeights():
            return Block("Weights that are mounted", (f"COPY {OWN}/{WEIGHTS} {step.path}",))
        case CopyWeights():
            title = f"Weights: {_shortened(', '.join(step.paths))}"
            return Block(title, (f"COPY --link {weights_place(step)} /",))
        case StartServer():
            return Block("Start", tuple(_start(step)))
        case Describe():
            return Block("Labels", tuple(_pairs("LABEL", step.labels)))
        case CopySource():
            return Block("Source", (f"COPY {SOURCE} {step.folder}",))


def _apt(packages: tuple[str, ...], options: tuple[str, ...]) -> str:
    return run((f"{cache_mount(apt.FOLDER)},sharing=locked",), apt.install(packages, options))


def _shortened(command: str) -> str:
    first = command.partition("\n")[0]
    return first if len(command) <= _TITLE_LENGTH else f"{first[: _TITLE_LENGTH - 1]}…"


def _command(step: RunCommand) -> str:
    secrets = (f"--mount=type=secret,id={secret.id},target={secret.target},required=true" for secret in step.secrets)
    mounts = (_CACHE_PIP, *(cache_mount(cache.target) for cache in step.caches), *secrets)
    return folded(run(mounts, (shell_or_exec(step.text),)))


def _start(step: StartServer) -> Iterator[str]:
    yield f"WORKDIR {step.folder}"
    if step.user != ROOT:
        yield f"USER {step.user}"
    yield f"EXPOSE {step.port}"
    yield 'ENTRYPOINT ["/usr/bin/tini", "--"]'
    yield f"CMD {json.dumps(step.command)}"


def _pairs(instruction: str, pairs: tuple[tuple[str, str], ...]) -> Iterator[str]:
    return (folded(f"{instruction} {name}={quoted(value)}") for name, value in pairs)
