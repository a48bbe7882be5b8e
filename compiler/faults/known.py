"""Failures that many people meet: how they are recognized, and what to try."""

import re
from dataclasses import dataclass

from ..ir.codes import building
from ..ir.diagnostic import Code


@dataclass(frozen=True, slots=True)
class Known:
    """`sign` stands in the output; what its group matched is in `{}` of `advice`."""

    sign: re.Pattern[str]
    code: Code
    advice: str


def _known(sign: str, code: Code, advice: str) -> Known:
    return Known(re.compile(sign, re.IGNORECASE), code, advice)


_ROOM = "see `docker system df`; `docker builder prune` removes caches, `docker image prune` what has no name"

_ANYWHERE = (
    _known(r"no space left on device|enough free space|disk quota exceeded", building.DISK_FULL, _ROOM),
    _known(
        r"certificate[ _]verify[ _]failed|invalid peer certificate|unable to get local issuer|self.signed certificate"
        r"|certificate signed by unknown authority",
        building.CERTIFICATE_UNKNOWN,
        "if the network has a certificate authority of its own, set COG_CA_CERT to its PEM file",
    ),
    _known(
        r"could not resolve|name resolution|temporary failure resolving|dns error|no such host|network is unreachable"
        r"|(?:connection|operation) timed out|connection (?:refused|reset)|failed to establish a new connection"
        r"|i/o timeout",
        building.NETWORK_UNREACHABLE,
        "check the network of the engine; behind a proxy, set HTTPS_PROXY and HTTP_PROXY for this command",
    ),
)
# Podman and Buildah see none of the images that Docker has.
_APART = _known(
    r"trying to pull (\S+?)\.\.\.(?s:.*)(?:no such host|network is unreachable|connection refused|i/o timeout)",
    building.NETWORK_UNREACHABLE,
    "check the network; where Docker has the image here, `docker save {} | podman load` brings it over",
)
_OF_BASES = _known(r"", building.BASE_UNAVAILABLE, "check the base's name and tag, and log in where it is private")
_OF_STEPS = (
    _known(
        r"E: Version '.*' for '(\S+)' was not found",
        building.SYSTEM_PACKAGE_UNAVAILABLE,
        "leave the version of {} out, or take one that the base's distribution has",
    ),
    _known(
        r"E: Unable to locate package (\S+)|E: Package '(\S+)' has no installation candidate",
        building.SYSTEM_PACKAGE_UNAVAILABLE,
        "look for {} in the base's distribution: Debian for python:…-slim, Ubuntu for nvidia/cuda",
    ),
    _known(
        r"git executable not found|cannot find command '(git)'",
        building.TOOL_MISSING,
        "add `git` to build.system_packages: a requirement is fetched with it",
    ),
    _known(
        r"hash mismatch for (\S+)|(these packages do not match the hashes)",
        building.HASH_MISMATCH,
        "the file that came is not the one that was pinned: where a new release of it is meant, pin that; where it is "
        "not, do not trust the index",
    ),
    _known(
        r"no such file or directory: '(gcc|g\+\+|cc|c\+\+|cmake|make|rustc|cargo)'"
        r"|command '(?:\S*-)?(gcc|g\+\+|cc)' failed: no such file",
        building.TOOL_MISSING,
        "take a version of the package that has a wheel for this Python, or add what brings `{}` to "
        "build.system_packages: build-essential has compilers and make",
    ),
    _known(
        r"\d+: (\S+): not found|(\S+): command not found",
        building.TOOL_MISSING,
        "add the package that brings `{}` to build.system_packages",
    ),
    _known(
        r"(\S+) was not found in the package registry|no matching distribution found for (\S+)",
        building.PACKAGE_UNAVAILABLE,
        "check the spelling of {}; a package of another index needs --extra-index-url in the requirements file",
    ),
    _known(
        r"there (?:is no version|are no versions) of ([^\s,]+)",
        building.PACKAGE_UNAVAILABLE,
        "take a version that the index has, instead of {}",
    ),
    _known(
        r"(\S+) has no (?:usable )?wheels",
        building.PACKAGE_UNAVAILABLE,
        "take a version of {} with wheels for this Python and platform, or another python_version",
    ),
    _known(
        r"no solution found when resolving",
        building.PACKAGE_UNAVAILABLE,
        "the lines above say which requirements exclude each other: loosen one of them",
    ),
    _known(
        r"exit code: 137|cannot allocate memory|signal: killed",
        building.MEMORY_FULL,
        "give the engine more memory, or let the step do less at a time (MAX_JOBS=1 for compilers)",
    ),
    _known(
        r"failed to (?:download and )?build `([^`@\s]+==[^`\s]+)`",
        building.SOURCE_NOT_BUILT,
        "{} has no wheel for this Python, and could not be made from its source: take a newer version of it, or an "
        "older python_version",
    ),
)


def recognized(output: str) -> tuple[Code, str] | None:
    """The code and the advice for the first failure that a step's output shows; None for one that nobody has met."""
    return _first((*_ANYWHERE, *_OF_STEPS), output)


def recognized_of_base(output: str) -> tuple[Code, str] | None:
    """The same where the base image could not be had."""
    return _first((_APART, *_ANYWHERE, _OF_BASES), output)


def _first(table: tuple[Known, ...], output: str) -> tuple[Code, str] | None:
    for known in table:
        if found := known.sign.search(output):
            named = next((group for group in found.groups() if group), "it")
            return known.code, known.advice.replace("{}", named.strip("`'\""))
    return None
