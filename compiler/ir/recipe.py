"""Recipe: what makes the model's environment, as ordered steps that say what they read."""

from dataclasses import dataclass, replace

from ..version import __version__
from .ground_steps import FixTimes, TrustCertificates
from .reads import CacheFolder, Network, OwnFile, ProjectFiles, ProjectPath, Read, SecretFile
from .weight import WEIGHTS, WEIGHTS_FILE, MountedWeights

REQUIREMENTS = "requirements.txt"
CONSTRAINTS = "constraints.txt"
PROJECTS = "projects.txt"
SERVER_LOCK = "server.lock.txt"
RUNTIME_WHEEL = f"cogc_runtime-{__version__}-py3-none-any.whl"

SERVER_FOLDER = "/opt/cog/server"
SOURCE_FOLDER = "/src"
PORT = 5000
ROOT = "root"


@dataclass(frozen=True, slots=True)
class CheckBase:
    """Makes the build fail, in words, on a base of the user's that does not keep its contract."""

    base: str

    @property
    def reads(self) -> tuple[Read, ...]:
        return ()


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
class EnsurePython:
    """Puts a Python on a base of which nobody knows whether it has that version."""

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

    Installed after them, the SDK could change versions that the user pinned. Paths in `lines` count from the
    project's root; `files` are wheels, archives and folders of links.
    """

    lines: tuple[str, ...]
    constraints: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def reads(self) -> tuple[Read, ...]:
        own = (*((CONSTRAINTS,) if self.constraints else ()), REQUIREMENTS, RUNTIME_WHEEL)
        return (*map(OwnFile, own), *map(ProjectPath, self.files), Network("python-packages"))


@dataclass(frozen=True, slots=True)
class InstallProjects:
    """The packages that are `folders` of the project: a step of their own, because their files change most often.

    `lines` are those of InstallRequirements, too: all are resolved together, though most are installed already.
    """

    lines: tuple[str, ...]
    folders: tuple[str, ...]
    constraints: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def reads(self) -> tuple[Read, ...]:
        own = (*((CONSTRAINTS,) if self.constraints else ()), PROJECTS, RUNTIME_WHEEL)
        return (*map(OwnFile, own), *map(ProjectPath, (*self.files, *self.folders)), Network("python-packages"))


@dataclass(frozen=True, slots=True)
class CreateUser:
    """The user that the server runs as, where the base has none of that name."""

    name: str

    @property
    def reads(self) -> tuple[Read, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class SetEnvironment:
    """Variables of the model's processes and of all later steps, in order."""

    variables: tuple[tuple[str, str], ...]

    @property
    def reads(self) -> tuple[Read, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class RunCommand:
    """A command of the user; `text` is for the shell and may have several lines.

    `copy` are paths from the project's root. They lie in the folder of the source, where the command then runs.
    """

    text: str
    secrets: tuple[SecretFile, ...] = ()
    caches: tuple[CacheFolder, ...] = ()
    copy: tuple[str, ...] = ()

    @property
    def reads(self) -> tuple[Read, ...]:
        return (*self.secrets, *self.caches, *map(ProjectPath, self.copy), Network("any"))


@dataclass(frozen=True, slots=True)
class CopyWeights:
    """Big files and folders of the project, which the source is without: a layer that stands on no other.

    `number` tells the layers of one image apart; it counts from 1.
    """

    number: int
    paths: tuple[str, ...]
    folder: str = SOURCE_FOLDER

    @property
    def reads(self) -> tuple[Read, ...]:
        return tuple(map(ProjectPath, self.paths))


@dataclass(frozen=True, slots=True)
class ListWeights:
    """Tells the server which weights to wait for, in a file at `path`."""

    weights: tuple[MountedWeights, ...]
    path: str = WEIGHTS_FILE

    @property
    def reads(self) -> tuple[Read, ...]:
        return (OwnFile(WEIGHTS),)


@dataclass(frozen=True, slots=True)
class StartServer:
    """What a container does when it is started: `command` runs in `folder` as `user` and listens on `port`."""

    command: tuple[str, ...]
    folder: str = SOURCE_FOLDER
    port: int = PORT
    user: str = ROOT

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
    """The project's files; the last step, because they change most often. `without` are folders that stay away."""

    folder: str = SOURCE_FOLDER
    without: tuple[str, ...] = ()

    @property
    def reads(self) -> tuple[Read, ...]:
        return (ProjectFiles(),)


Step = (
    FixTimes
    | CheckBase
    | TrustCertificates
    | InstallTools
    | InstallPython
    | EnsurePython
    | InstallServer
    | InstallSystemPackages
    | InstallRequirements
    | InstallProjects
    | CreateUser
    | SetEnvironment
    | RunCommand
    | ListWeights
    | CopyWeights
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
    def packages(self) -> tuple[InstallRequirements | InstallProjects, ...]:
        return tuple(step for step in self.steps if isinstance(step, InstallRequirements | InstallProjects))

    @property
    def weights(self) -> tuple[CopyWeights, ...]:
        return tuple(step for step in self.steps if isinstance(step, CopyWeights))

    @property
    def paths(self) -> tuple[str, ...]:
        """What single steps read of the project, each path once; weights are no second copy of anything."""
        steps = (step for step in self.steps if not isinstance(step, CopyWeights))
        return tuple(dict.fromkeys(read.path for step in steps for read in step.reads if isinstance(read, ProjectPath)))

    @property
    def certificates(self) -> tuple[TrustCertificates, ...]:
        return tuple(step for step in self.steps if isinstance(step, TrustCertificates))

    def without_source(self) -> "Recipe":
        """The same environment for a project that is mounted rather than copied."""
        return replace(self, steps=tuple(step for step in self.steps if not isinstance(step, CopySource | CopyWeights)))
