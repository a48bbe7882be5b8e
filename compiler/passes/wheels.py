"""A framework is installed from wheels: Python and the framework's release have to suit each other."""

from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from ..ir.rows import GpuRelease, Python, TensorFlow, TorchBuild, listing
from ..ir.space import TORCH_FAMILY, Ask, Domain, Space, unique
from ..ir.why import Derived, Fact, Why

RULE = "wheels"
R = TypeVar("R", bound=TorchBuild | TensorFlow | GpuRelease)
_FAMILIES = {
    "torch": TORCH_FAMILY,
    "tensorflow": ("tensorflow",),
    "jax": ("jax",),
    "onnxruntime": ("onnxruntime-gpu",),
}


def narrow(space: Space) -> Space:
    """Each release that no Python suits goes, then each Python that no release suits."""
    for field, family in _FAMILIES.items():
        space = _coupled(space, field, family)
    return space


def _coupled(space: Space, field: str, family: tuple[str, ...]) -> Space:
    domain: Domain[Any] | None = getattr(space, field)
    if domain is None:
        return space
    releases = domain.cut(RULE, _Coupling(space, domain, family).refuse_row)
    changed: Any = {field: releases, "python": space.python.cut(RULE, _Coupling(space, releases, family).refuse_python)}
    return replace(space, **changed)


@dataclass(frozen=True, slots=True)
class _Coupling(Generic[R]):
    """The releases of one framework and the Pythons; `family` are the packages that come with it."""

    space: Space
    domain: Domain[R]
    family: tuple[str, ...]

    def refuse_row(self, row: R) -> Why | None:
        space = self.space
        if space.optional(*self.family) or any(self._suits(row, python) for python in space.pythons):
            return None
        fact = self._fact(row, space.pythons[0])
        pythons = space.python.reasons(lambda python: python.minor in row.python) or space.python.reasons(_all)
        lines: tuple[Why, ...] = tuple(ask.why for minor in space.pythons for ask in self._objections(row, minor))
        asked = tuple(ask.why for ask in space.certain(*self.family))
        return Derived(fact.text, unique((fact, *pythons, *(lines or asked))))

    def refuse_python(self, python: Python) -> Why | None:
        asks = self.space.asked(*self.family, python=python.minor)
        rows = self.domain.candidates
        if not asks or not rows or any(self._suits(row, python.minor) for row in rows):
            return None
        fact = self._fact(rows[-1], python.minor)
        concerned: tuple[Why, ...] = self.domain.reasons(lambda row: python.minor in row.python)
        lines: tuple[Why, ...] = tuple(ask.why for ask in self._objections(rows[-1], python.minor))
        text = f"no {self.family[0]} that is still possible has wheels for Python {python}"
        return Derived(text, unique((fact, *(concerned or (ask.why for ask in asks)), *lines)))

    def _suits(self, row: R, python: str) -> bool:
        return python in self._pythons(row, python) and not self._objections(row, python)

    def _objections(self, row: R, python: str) -> tuple[Ask, ...]:
        """The lines that this release does not satisfy under a Python, or that want wheels which it lacks."""
        asks = self.space.asked(*self.family, python=python)
        without = set() if python in self._pythons(row, python) else set(self.family[1:])
        return tuple(
            ask for ask in asks if not _accepts(ask, row) or python not in ask.installable or ask.name in without
        )

    def _pythons(self, row: R, python: str) -> tuple[str, ...]:
        return row.pythons({ask.name for ask in self.space.asked(*self.family, python=python)})

    def _fact(self, row: R, python: str) -> Fact:
        found = listing(self._pythons(row, python))
        return row.place.fact(f"{self.family[0]} {row.release} has wheels for Python {found}")


def _all(python: Python) -> bool:
    return True


def _accepts(ask: Ask, row: TorchBuild | TensorFlow | GpuRelease) -> bool:
    return ask.accepts_build(row) if isinstance(row, TorchBuild) else ask.accepts(row.release)
