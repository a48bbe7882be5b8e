"""Recipe: what makes the model's environment, as ordered steps that say what they read."""

from dataclasses import dataclass, replace

from ..version import __version__

REQUIREMENTS = "requirements.txt"
SERVER_LOCK = "server.lock.txt"
RUNTIME_WHEEL = f"cogc_runtime-{__version__}-py3-none-any.whl"

SERVER_FOLDER = "/opt/cog/server"
SOURCE_FOLDER = "/src"
PORT = 5000


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file that the compiler makes beside the artifact."""

    name: str


@dataclass(frozen=True, slots=True)
class SecretFile:
    """A secret that the person who builds hands in; it is mounted at `target` and never stored."""

    id: str
    target: str


@dataclass(frozen=True, slots=True)
class Network:
    """What is fetched while building: `system-packages`, `python`, `python-packages`, or `any`."""

    service: str


@dataclass(frozen=True, slots=True)
class ProjectFiles:
    """All files of the project that its ignore file leaves."""


Read = OwnFile | SecretFile | Network | ProjectFiles


@dataclass(frozen=True, slots=True)
class InstallTools:
    """System packages of ours, the same for every model on one base."""

    packages: tuple[str, ...]

    @property
    def reads(self) -> tuple[Read, ...]:
        return (Network("system-packages"),)


@dataclass(frozen=True, slots=True)
class InstallPython:
    """Puts a Python on a base that has none."""

    version: str

    @property
    def reads(self) -> tuple[Read, ...]:
        return (Network("python"),)


@dataclass(frozen=True, slots=True)
class InstallServer:
    """Puts the prediction server in a folder of its own, out of sight of the model."""

    folder: str = SERVER_FOLDER

    @property
    def reads(self) -> tuple[Read, ...]:
        return (OwnFile(SERVER_LOCK), OwnFile(RUNTIME_WHEEL), Network("python-packages"))


@dataclass(frozen=True, slots=True)
class InstallSystemPackages:
    """The system packages that the user named."""

    packages: tuple[str, ...]

    @property
    def reads(self) -> tuple[Read, ...]:
        return (Network("system-packages"),)


@dataclass(frozen=True, slots=True)
class InstallRequirements:
    """The model's Python packages, resolved in one go with the SDK.

    Installed after them, the SDK could change versions that the user pinned.
    """

    lines: tuple[str, ...]

    @property
    def reads(self) -> tuple[Read, ...]:
        return (OwnFile(REQUIREMENTS), OwnFile(RUNTIME_WHEEL), Network("python-packages"))


@dataclass(frozen=True, slots=True)
class SetEnvironment:
    """Variables of the model's processes and of all later steps, in order."""

    variables: tuple[tuple[str, str], ...]

    @property
    def reads(self) -> tuple[Read, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class RunCommand:
    """A command of the user; `text` is for the shell and may have several lines."""

    text: str
    secrets: tuple[SecretFile, ...]

    @property
    def reads(self) -> tuple[Read, ...]:
        return (*self.secrets, Network("any"))


@dataclass(frozen=True, slots=True)
class StartServer:
    """What a container does when it is started: `command` runs in `folder` and listens on `port`."""

    command: tuple[str, ...]
    folder: str = SOURCE_FOLDER
    port: int = PORT

    @property
    def reads(self) -> tuple[Read, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Describe:
    """Labels by which an image is told apart without starting it."""

    labels: tuple[tuple[str, str], ...]

    @property
    def reads(self) -> tuple[Read, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class CopySource:
    """The project's files; the last step, because they change most often."""

    folder: str = SOURCE_FOLDER

    @property
    def reads(self) -> tuple[Read, ...]:
        return (ProjectFiles(),)


Step = (
    InstallTools
    | InstallPython
    | InstallServer
    | InstallSystemPackages
    | InstallRequirements
    | SetEnvironment
    | RunCommand
    | StartServer
    | Describe
    | CopySource
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """`base` is a full image reference, `python` the version that the model runs on.

    Steps stand in the order of how seldom they change, so that a change repeats as few as it can.
    """

    base: str
    python: str
    steps: tuple[Step, ...]

    @property
    def secrets(self) -> tuple[SecretFile, ...]:
        return tuple(read for step in self.steps for read in step.reads if isinstance(read, SecretFile))

    @property
    def requirements(self) -> tuple[str, ...]:
        return next(step.lines for step in self.steps if isinstance(step, InstallRequirements))

    def without_source(self) -> "Recipe":
        """The same environment for a project that is mounted rather than copied."""
        return replace(self, steps=tuple(step for step in self.steps if not isinstance(step, CopySource)))
