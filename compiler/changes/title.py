"""Step -> the words by which a person knows it."""

from ..ir.ground_steps import FixTimes, TrustCertificates
from ..ir.recipe import (
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
    RunCommand,
    SetEnvironment,
    StartServer,
    Step,
)

_LENGTH = 50


def title(step: Step) -> str:
    match step:
        case RunCommand():
            return f"command: {_shortened(step.text)}"
        case SetEnvironment():
            return f"environment: {_shortened(', '.join(name for name, _ in step.variables))}"
        case FixTimes():
            return "times of files"
        case CheckBase():
            return "check of the base image"
        case TrustCertificates():
            return "certificates"
        case InstallTools():
            return "tools of the image"
        case InstallPython() | EnsurePython():
            return "Python"
        case InstallServer():
            return "prediction server"
        case InstallSystemPackages():
            return "system packages"
        case InstallRequirements():
            return "Python packages"
        case InstallProjects():
            return "packages of the project"
        case CreateUser():
            return "user"
        case ListWeights():
            return "list of weights"
        case CopyWeights():
            return f"weights: {_shortened(', '.join(step.paths))}"
        case StartServer():
            return "start"
        case Describe():
            return "labels"
        case CopySource():
            return "source"


def _shortened(text: str) -> str:
    first = text.partition("\n")[0]
    return first if len(text) <= _LENGTH else f"{first[: _LENGTH - 1]}…"
