"""Recipe -> the host itself: commands of uv and of the server, for machines without an engine."""

import re
from dataclasses import dataclass

from ..ir.recipe import (
    CONSTRAINTS,
    PROJECTS,
    REQUIREMENTS,
    RUNTIME_WHEEL,
    SERVER_LOCK,
    CreateUser,
    InstallProjects,
    InstallPython,
    InstallRequirements,
    InstallSystemPackages,
    Recipe,
    RunCommand,
    SetEnvironment,
    StartServer,
)
from . import uv

Argv = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where things lie on the host: uv, the project, what the compiler made, the model's Python, the server."""

    uv: str
    project: str
    files: str
    environment: str
    server: str

    @property
    def python(self) -> str:
        return f"{self.environment}/bin/python"


def installs(recipe: Recipe, interpreter: str, places: Places) -> tuple[Argv, ...]:
    """Commands that make the environment from nothing, in order."""
    install = (places.uv, "--directory", places.project, "pip", "install", "--python", places.python)
    wheel = f"{places.files}/{RUNTIME_WHEEL}"
    server = ("--target", places.server, "--no-deps", "-r", f"{places.files}/{SERVER_LOCK}", wheel)
    model = (arguments for step in recipe.packages for arguments in uv.packages(step.lines, _files(step, places)))
    return (
        (places.uv, "venv", "--clear", "--seed", "--python", interpreter, places.environment),
        (*install, *server),
        *((*install, *arguments) for arguments in model),
    )


def _files(step: InstallRequirements | InstallProjects, places: Places) -> uv.Files:
    listing = PROJECTS if isinstance(step, InstallProjects) else REQUIREMENTS
    names = (listing, CONSTRAINTS if step.constraints else "", RUNTIME_WHEEL)
    return uv.Files(*(name and f"{places.files}/{name}" for name in names))


def copied(recipe: Recipe) -> tuple[str, ...]:
    """Paths of the project whose content is installed, so that an edit of it asks for a new environment."""
    return tuple(path for step in recipe.packages for path in (*step.files, *_built(step)))


def _built(step: InstallRequirements | InstallProjects) -> tuple[str, ...]:
    """The folders that are not only linked to, as `-e` does."""
    named = {_place(line) for line in step.lines if not line.startswith("-e ")}
    folders = step.folders if isinstance(step, InstallProjects) else ()
    return tuple(path for path in folders if (path if path == "." else f"./{path}") in named)


def _place(line: str) -> str:
    """The path in a line such as `name @ ./path[extra] ; marker`."""
    return re.split(r"\[| ;| --", line.rpartition("@ ")[2], maxsplit=1)[0]


def environment(recipe: Recipe, places: Places) -> dict[str, str]:
    """The variables that the image would set, and where the server's packages are."""
    steps = (step.variables for step in recipe.steps if isinstance(step, SetEnvironment))
    image = {name: value for variables in steps for name, value in variables}
    return {**image, "COG_SERVER_HOME": places.server, "VIRTUAL_ENV": places.environment}


def serve(recipe: Recipe, places: Places, options: Argv) -> Argv:
    """The image's command, by the environment's Python."""
    command = next(step.command for step in recipe.steps if isinstance(step, StartServer))
    return (places.python, *command[1:], *options)


def differences(recipe: Recipe, python: str) -> tuple[str, ...]:
    """What an image would have and this host has not, a phrase each; `python` is the host's full version."""
    found = [f"the system is this machine's, not that of {recipe.base}"]
    if not f"{python}.".startswith(f"{recipe.python}."):
        found.append(f"Python is {python}, not {recipe.python}")
    for step in recipe.steps:
        match step:
            case InstallPython():
                found.append("CUDA is what this machine has")
            case InstallSystemPackages():
                found.append(f"system packages are not installed: {', '.join(step.packages)}")
            case CreateUser():
                found.append(f"the user is you, not {step.name}")
            case RunCommand():
                found.append(f"a command is not run: {step.text.splitlines()[0]}")
    return tuple(found)
