"""Releases as a package index lists them: which Pythons have a wheel, and what its metadata requires."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.tags import Tag
from packaging.utils import InvalidWheelFilename, parse_wheel_filename
from packaging.version import Version

_OLDEST = Version("3.8")
_CPYTHON = re.compile(r"cp3(\d+)")


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel file that x86-64 Linux can install.

    `python` is the minor that it is made for, blank where it is for each that `requires_python` allows.
    `has_metadata`: the index serves its metadata beside it (PEP 658).
    """

    name: str
    url: str
    python: str
    requires_python: SpecifierSet
    has_metadata: bool

    def suits(self, python: str) -> bool:
        newest_patch = f"{python}.99"
        return python == self.python or (not self.python and self.requires_python.contains(newest_patch))


@dataclass(frozen=True, slots=True)
class Release:
    """A final release and its wheels, at least one."""

    project: str
    version: str
    wheels: tuple[Wheel, ...]

    @property
    def pythons(self) -> tuple[str, ...]:
        """The minors that wheels of their own are made for."""
        minors = {wheel.python for wheel in self.wheels if wheel.python}
        return tuple(sorted((minor for minor in minors if Version(minor) >= _OLDEST), key=Version))

    def suits(self, python: str) -> bool:
        return any(wheel.suits(python) for wheel in self.wheels)


class Index(Protocol):
    """Where releases come from; both raise CompileError when it does not answer as it should."""

    def releases(self, project: str) -> tuple[Release, ...]:
        """The releases, in the order of their versions."""

    def requirements(self, release: Release) -> tuple[Requirement, ...]:
        """What the metadata of one of its wheels requires."""


def releases_of(project: str, files: Iterable[dict[str, Any]]) -> tuple[Release, ...]:
    """The releases in the file list of the JSON API (PEP 691), without those that were yanked."""
    wheels: dict[Version, list[Wheel]] = {}
    for version, wheel in (found for file in files for found in _wheels(file)):
        wheels.setdefault(version, []).append(wheel)
    return tuple(Release(project, str(version), tuple(wheels[version])) for version in sorted(wheels))


def _wheels(file: dict[str, Any]) -> Iterator[tuple[Version, Wheel]]:
    """One for each Python in the tags of its name; none for what is no wheel, or of no use here."""
    try:
        _, version, _, tags = parse_wheel_filename(str(file["filename"]))
    except InvalidWheelFilename:
        return
    if version.is_prerelease or file.get("yanked"):
        return
    metadata = bool(file.get("core-metadata", file.get("dist-info-metadata", False)))
    requires = SpecifierSet(file.get("requires-python") or "")
    for python in sorted({_python(tag) for tag in tags if _installs(tag)}):
        yield version, Wheel(file["filename"], file["url"], python, requires, metadata)


def _installs(tag: Tag) -> bool:
    linux = tag.platform == "any" or ("linux" in tag.platform and tag.platform.endswith("x86_64"))
    return linux and (tag.interpreter == "py3" or _CPYTHON.fullmatch(tag.interpreter) is not None)


def _python(tag: Tag) -> str:
    """`3.12` of cp312; blank for a wheel that each Python takes (a stable ABI takes newer ones, too)."""
    found = _CPYTHON.fullmatch(tag.interpreter)
    return f"3.{found[1]}" if found and tag.abi != "abi3" else ""
