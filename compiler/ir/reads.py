"""What a step of a recipe reads, beside the steps before it."""

from dataclasses import dataclass


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
class CacheFolder:
    """A folder at `target` that outlives a build, and is in no image."""

    target: str


@dataclass(frozen=True, slots=True)
class ProjectPath:
    """One file or folder of the project, by its path from the project's root; `.` is all of it."""

    path: str


@dataclass(frozen=True, slots=True)
class Network:
    """What is fetched while building: `system-packages`, `python`, `python-packages`, or `any`."""

    service: str


@dataclass(frozen=True, slots=True)
class ProjectFiles:
    """All files of the project that its ignore file leaves."""


Read = OwnFile | SecretFile | CacheFolder | ProjectPath | Network | ProjectFiles
