"""Spec -> asks: the requirement lines for packages that decide Python or CUDA."""

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

from ..ir.requirement import Package
from ..ir.rows import Python
from ..ir.space import TORCH_FAMILY, Ask
from ..ir.spec import Spec

FRAMEWORKS = (*TORCH_FAMILY, "tensorflow")
_TARGET = {
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_release": "",
    "platform_system": "Linux",
    "platform_version": "",
    "sys_platform": "linux",
    "extra": "",
}


def asks(spec: Spec, pythons: tuple[Python, ...]) -> tuple[Ask, ...]:
    """The framework lines that count under at least one of the Pythons."""
    found = (_ask(line, spec, pythons) for line in packages(spec) if name_of(line) in FRAMEWORKS)
    return tuple(ask for ask in found if ask is not None and ask.pythons)


def packages(spec: Spec) -> Iterator[Package]:
    return (line for line in spec.requirements if isinstance(line, Package))


def name_of(line: Package) -> str:
    return canonicalize_name(line.requirement.name)


def _ask(line: Package, spec: Spec, pythons: tuple[Python, ...]) -> Ask | None:
    counting = tuple(python.minor for python in pythons if counts(line.requirement, full_version(spec, python)))
    if line.requirement.url is None:
        specifier = line.requirement.specifier
        return Ask(name_of(line), line, specifier, counting, tuple(python.minor for python in pythons))
    return _ask_of_wheel(line, line.requirement.url, counting)


def _ask_of_wheel(line: Package, url: str, counting: tuple[str, ...]) -> Ask | None:
    """A wheel's name tells its version and Python; what a source tree will become is not known."""
    try:
        _, version, _, tags = parse_wheel_filename(unquote(urlsplit(url).path).rpartition("/")[2])
    except InvalidWheelFilename:
        return None
    made_for = {tag.interpreter for tag in tags}
    fits = (minor for minor in counting if made_for & {f"cp{minor.replace('.', '')}", "py3"})
    return Ask(name_of(line), line, SpecifierSet(f"=={version}"), counting, tuple(fits))


def full_version(spec: Spec, python: Python) -> str:
    """The patch that the user wrote, or the lowest that the image can have."""
    stated = spec.python_version
    patched = stated is not None and stated.value.startswith(f"{python.minor}.")
    return stated.value if stated is not None and patched else python.at_least


def counts(requirement: Requirement, python: str) -> bool:
    """Whether the marker holds on x86-64 Linux under a full Python version."""
    if requirement.marker is None:
        return True
    minor = ".".join(python.split(".")[:2])
    versions = {"python_version": minor, "python_full_version": python, "implementation_version": python}
    return requirement.marker.evaluate({**_TARGET, **versions})
