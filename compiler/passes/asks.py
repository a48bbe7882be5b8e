"""Spec -> asks: the requirement lines for packages that decide Python or CUDA."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..ir.requirement import LocalFile, Location, Package, Requirement, RequirementLine, canonical
from ..ir.rows import Python
from ..ir.space import TORCH_FAMILY, Ask, Space
from ..ir.spec import Spec

_FRAMEWORKS = {name: name for name in (*TORCH_FAMILY, "tensorflow", "jax", "onnxruntime-gpu")} | {
    "tensorflow-cpu": "tensorflow",
    "tensorflow-gpu": "tensorflow",
    "jax-cuda12-plugin": "jax",
    "jax-cuda13-plugin": "jax",
    "jaxlib": "jax",
}
_NIGHTLY = ("tf-nightly", "tf-nightly-gpu", "jax-nightly", "ort-nightly-gpu")
_TARGET = {
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_python_implementation": "CPython",
    "platform_release": "",
    "platform_system": "Linux",
    "platform_version": "",
    "sys_platform": "linux",
    "extra": "",
}


def asks(spec: Spec, pythons: tuple[Python, ...]) -> tuple[Ask, ...]:
    """The framework lines, and the constraints on them, that count under at least one of the Pythons."""
    named = tuple(line for line in _named(spec.requirements) if name_of(line) in _FRAMEWORKS)
    limits = (line for line in spec.constraints if name_of(line) in set(map(name_of, named)))
    found = (_ask(line, spec, pythons) for line in (*named, *limits))
    return _without_parts(tuple(ask for ask in found if ask is not None and ask.pythons))


def _without_parts(found: tuple[Ask, ...]) -> tuple[Ask, ...]:
    """jaxlib and the plugins are parts of JAX, and of a release a little older; with JAX itself pinned they decide
    nothing more."""
    parted = {ask for ask in found if ask.name == "jax" and ask.package != "jax"}
    pinned = any(ask.pin for ask in found if ask.package == "jax")
    return tuple(ask for ask in found if ask not in parted or (ask.pin and not pinned))


def packages(spec: Spec) -> Iterator[Package]:
    return (line for line in spec.requirements if isinstance(line, Package))


def _named(lines: tuple[RequirementLine, ...]) -> Iterator[Package]:
    """The packages, those among them that only the name of a wheel tells."""
    for line in lines:
        if isinstance(line, Package):
            yield line
        place = line.path if isinstance(line, LocalFile) else line.text
        if isinstance(line, Location | LocalFile) and (wheel := _wheel(place)) is not None:
            yield Package(line.text, line.span, Requirement(f"{wheel.name} @ {place.split()[0]}"))


def unasked(space: Space) -> tuple[Package, ...]:
    """The lines for frameworks that count but tell no release: source trees, nightly builds, very old releases."""
    asked = {ask.line for ask in space.asks}
    version = full_version(space.spec, space.python.candidates[0])
    lines = (line for line in packages(space.spec) if name_of(line) in _FRAMEWORKS or name_of(line) in _NIGHTLY)
    unclear = (line for line in lines if line not in asked or _has_no_domain(space, line))
    return tuple(line for line in unclear if counts(line.requirement, version, space.spec.machine))


def _has_no_domain(space: Space, line: Package) -> bool:
    return space.framework(_FRAMEWORKS[name_of(line)]) is None


def name_of(line: Package) -> str:
    return canonical(line.requirement.name)


def _ask(line: Package, spec: Spec, pythons: tuple[Python, ...]) -> Ask | None:
    name, url = _FRAMEWORKS[name_of(line)], line.requirement.url
    counting = tuple(
        python.minor for python in pythons if counts(line.requirement, full_version(spec, python), spec.machine)
    )
    if url is None:
        return Ask(name, line, line.requirement.specifier, counting, tuple(python.minor for python in pythons))
    from packaging.specifiers import SpecifierSet

    wheel = _wheel(url)
    if wheel is None:
        return None  # what a source tree will become is not known
    return Ask(name, line, SpecifierSet(f"=={wheel.version}"), counting, tuple(filter(wheel.suits, counting)))


@dataclass(frozen=True, slots=True)
class _Wheel:
    """What the name of a wheel tells."""

    name: str
    version: str
    interpreters: frozenset[str]

    def suits(self, python: str) -> bool:
        return bool(self.interpreters & {f"cp{python.replace('.', '')}", "py3"})


def _wheel(url: str) -> _Wheel | None:
    from urllib.parse import unquote, urlsplit

    from packaging.utils import parse_wheel_filename

    try:
        name, version, _, tags = parse_wheel_filename(unquote(urlsplit(url).path).rpartition("/")[2])
    except ValueError:
        return None
    return _Wheel(name, str(version), frozenset(tag.interpreter for tag in tags))


def full_version(spec: Spec, python: Python) -> str:
    """The patch that the user wrote, or the lowest that the image can have."""
    stated = spec.python_version
    patched = stated is not None and stated.value.startswith(f"{python.minor}.")
    return stated.value if stated is not None and patched else python.at_least


def counts(requirement: Requirement, python: str, machine: str) -> bool:
    """Whether the marker holds on Linux under a full Python version, on a kind of processor."""
    if requirement.marker is None:
        return True
    minor = ".".join(python.split(".")[:2])
    versions = {"python_version": minor, "python_full_version": python, "implementation_version": python}
    return requirement.marker.evaluate({**_TARGET, "platform_machine": machine, **versions})
