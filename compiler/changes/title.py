"""Step -> the words by which a person knows it."""

from ..ir.recipe import (
    CheckBase,
    CopySource,
    CreateUser,
    Describe,
    EnsurePython,
    InstallProjects,
    InstallPython,
    InstallRequirements,
    InstallServer,
    InstallSystemPackages,
    InstallTools,
    RunCommand,
    SetEnvironment,
    StartServer,
    Step,
)

_TITLES: dict[type[Step], str] = {
    CheckBase: "check of the base image",
    CopySource: "source",
    CreateUser: "user",
    Describe: "labels",
    EnsurePython: "Python",
    InstallProjects: "packages of the project",
    InstallPython: "Python",
    InstallRequirements: "Python packages",
    InstallServer: "prediction server",
    InstallSystemPackages: "system packages",
    InstallTools: "tools of the image",
    StartServer: "start",
}
_LENGTH = 50


def title(step: Step) -> str:
    if isinstance(step, RunCommand):
        return f"command: {_shortened(step.text)}"
    if isinstance(step, SetEnvironment):
        return f"environment: {_shortened(', '.join(name for name, _ in step.variables))}"
    return _TITLES[type(step)]


def _shortened(text: str) -> str:
    first = text.partition("\n")[0]
    return first if len(text) <= _LENGTH else f"{first[: _LENGTH - 1]}…"
