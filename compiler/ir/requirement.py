"""Requirement lines: what the user asks the installer for, each line as it was written."""

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from .source import Span

if TYPE_CHECKING:
    from packaging.markers import Marker
    from packaging.requirements import Requirement as Parts
    from packaging.specifiers import SpecifierSet

_CONDITION = r"(?:[=!<>]=|<|>)[0-9]{1,9}(?:\.[0-9]{1,9}){0,5}"
_PLAIN = re.compile(rf"([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(?:{_CONDITION}(?:,{_CONDITION})*)?")


def canonical(name: str) -> str:
    """The one spelling of a package's name: https://peps.python.org/pep-0503/#normalized-names.

    That of `packaging.utils`, whose import costs more than the compile of a small project.
    """
    return re.sub(r"[-_.]+", "-", name).lower()


@dataclass(frozen=True, slots=True)
class Requirement:
    """A requirement that `packaging` reads without a fault.

    It is asked only for what the text does not show at once: most lines are a name and a version.
    """

    text: str

    @property
    def is_plain(self) -> bool:
        """A name and conditions on the version, which is always a requirement."""
        return _PLAIN.fullmatch(self.text) is not None

    @property
    def name(self) -> str:
        plain = _PLAIN.fullmatch(self.text)
        return plain[1] if plain else self._parts.name

    @property
    def extras(self) -> Set[str]:
        return frozenset() if self.is_plain else self._parts.extras

    @property
    def marker(self) -> "Marker | None":
        return None if self.is_plain else self._parts.marker

    @property
    def url(self) -> str | None:
        return None if self.is_plain else self._parts.url

    @property
    def specifier(self) -> "SpecifierSet":
        return self._parts.specifier

    @property
    def _parts(self) -> "Parts":
        return _parts(self.text)

    def __str__(self) -> str:
        """The normal form."""
        return str(self._parts)


@cache
def _parts(text: str) -> "Parts":
    from packaging.requirements import Requirement as Parts

    return Parts(text)


@dataclass(frozen=True, slots=True)
class Package:
    """A named package: `text` is the line as written, without its comment and continuations.

    `requirement` has name, extras, specifier, marker and direct URL; `options` the per-requirement
    options as written, such as `--hash=sha256:…`.
    """

    text: str
    span: Span
    requirement: Requirement
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """A global option, such as `--extra-index-url https://…`; `value` is blank for a bare flag."""

    text: str
    span: Span
    name: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """A package named only by where it is: a URL, a VCS reference, a path."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A wheel or an archive of the project; `text` and `path` count from the project's root."""

    text: str
    span: Span
    path: str


@dataclass(frozen=True, slots=True)
class LocalFolder:
    """A folder of the project that is a package, or `.`; `text` and `path` count from the project's root."""

    text: str
    span: Span
    path: str


@dataclass(frozen=True, slots=True)
class LocalLinks:
    """`--find-links` with a folder of the project: the installer may take what lies there; `text` as above."""

    text: str
    span: Span
    path: str


RequirementLine = Package | Option | Location | LocalFile | LocalFolder | LocalLinks
