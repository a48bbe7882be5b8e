"""Debian packages: names, versions and releases as Debian Policy spells them."""

import re

from ..ir.codes.config import SYSTEM_PACKAGE
from ..ir.diagnostic import Report
from ..ir.document import Mapping, Scalar
from ..ir.spec import Stated

# Debian Policy 5.6.1 (names), 5.6.12 (versions); apt-get(8) for the suffixes, and for `*` in versions.
_NAME = r"[a-z0-9][a-z0-9+.-]+"
_ENTRY = rf"{_NAME}(:[a-z0-9-]+)?(=([0-9]+:)?[0-9][A-Za-z0-9.+~*-]*|/[A-Za-z0-9][A-Za-z0-9.+-]*)?"


def system_packages(build: Mapping, report: Report) -> tuple[Stated[str], ...]:
    entries = tuple(Stated(scalar.text.strip(), scalar.span) for scalar in build.scalars("system_packages"))
    for scalar, entry in zip(build.scalars("system_packages"), entries, strict=True):
        if not re.fullmatch(_ENTRY, entry.value):
            message = f"`{_shown(scalar)}` is not the name of a Debian package"
            report.add(SYSTEM_PACKAGE.at(scalar.span, message, help=_help(entry.value)))
    return entries


def _help(text: str) -> str:
    if len(text.split()) > 1:
        return "write each package as an entry of its own, without options"
    if re.fullmatch(_ENTRY, text.lower()):
        return f"package names are in lower case: `{text.lower()}`"
    if match := re.fullmatch(rf"({_NAME})[=~<>!]=(.+)", text):
        return f"apt pins a version with one equals sign: `{match[1]}={match[2]}`"
    return "write `name`, `name=version` or `name/release`"


def _shown(scalar: Scalar) -> str:
    return scalar.text.strip().split("\n", 1)[0]
