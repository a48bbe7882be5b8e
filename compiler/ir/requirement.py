"""Requirement lines: what the user asks the installer for, each line as it was written."""

from dataclasses import dataclass

from packaging.requirements import Requirement

from .source import Span


@dataclass(frozen=True, slots=True)
class Package:
    """A named package: `text` is the line as written, without its comment and continuations.

    `requirement` holds name, extras, specifier, marker and direct URL; `options` the per-requirement
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


RequirementLine = Package | Option | Location | LocalFile | LocalFolder
