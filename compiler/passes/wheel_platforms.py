"""Wheels that are named by a path or a URL have to be for the image's platform."""

import re

from ..ir.codes.resolution import WHEEL_PLATFORM
from ..ir.diagnostic import Report
from ..ir.requirement import LocalFile, Location, Package, RequirementLine
from ..ir.spec import Spec
from .asks import counts


def check_wheel_platforms(spec: Spec, report: Report) -> None:
    for line in spec.requirements:
        tags = _platforms(line, spec)
        if tags and not any(_suits(tag, spec.machine) for tag in tags):
            message = f"this wheel is for {', '.join(sorted(tags))}, and the image is for Linux on {spec.machine}"
            report.add(WHEEL_PLATFORM.at(line.span, message, help="name the wheel for that, or the package's version"))


def _platforms(line: RequirementLine, spec: Spec) -> frozenset[str]:
    """The platforms in the name of a wheel; none where the line names no wheel, or does not count here."""
    if ".whl" not in line.text:
        return frozenset()
    from urllib.parse import unquote, urlsplit

    from packaging.utils import parse_wheel_filename

    try:
        _, _, _, tags = parse_wheel_filename(unquote(urlsplit(_place(line, spec)).path).rpartition("/")[2])
    except ValueError:
        return frozenset()
    return frozenset(tag.platform for tag in tags)


def _place(line: RequirementLine, spec: Spec) -> str:
    match line:
        case LocalFile():
            return line.path
        case Location():
            return line.text
        case Package() if line.requirement.url is not None and counts(line.requirement, _python(spec), spec.machine):
            return line.requirement.url
    return ""


def _python(spec: Spec) -> str:
    """Any will do for a line whose marker asks for a platform; one that asks for a Python is not judged by it."""
    return spec.python_version.value if spec.python_version is not None else "3.12"


def _suits(platform: str, machine: str) -> bool:
    return platform == "any" or re.fullmatch(rf"(many)?linux(\d+|_\d+_\d+)?_{machine}", platform) is not None
