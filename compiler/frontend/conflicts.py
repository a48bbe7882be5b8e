"""Requirement lines that exclude each other: two pins of one package, or a pin outside another line's range."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from ..ir.codes.requirements import REQUIREMENT_CONFLICT
from ..ir.diagnostic import Diagnostic, Label
from ..ir.requirement import Package, Requirement, canonical
from ..ir.rows import is_version, version

if TYPE_CHECKING:
    from packaging.version import Version


def conflicts(packages: Iterable[Package]) -> Iterator[Diagnostic]:
    """One diagnostic for each line that some earlier line of the same package excludes."""
    groups: dict[tuple[str, str], list[Package]] = defaultdict(list)
    for package in packages:
        name = canonical(package.requirement.name)
        groups[name, str(package.requirement.marker or "")].append(package)
    for (name, _), group in groups.items():
        told = set()
        for first, second in combinations(group, 2):
            if second.span not in told and _exclude(first.requirement, second.requirement):
                told.add(second.span)
                message = f"`{first.text}` and `{second.text}` cannot both hold for {name}"
                also = [Label(first.span, "the other line")]
                yield REQUIREMENT_CONFLICT.at(second.span, message, help="keep one of the two lines", also=also)


def _exclude(first: Requirement, second: Requirement) -> bool:
    if first.url and second.url:
        return first.url != second.url
    pins = [(pin, other) for one, other in ((first, second), (second, first)) if (pin := _pin(one))]
    return bool(pins) and not any(other.specifier.contains(pin, prereleases=True) for pin, other in pins)


def _pin(requirement: Requirement) -> "Version | None":
    """The version of `==1.2.3`; None for ranges, wildcards and `===`."""
    for specifier in requirement.specifier:
        if specifier.operator == "==" and not specifier.version.endswith(".*"):
            return version(specifier.version) if is_version(specifier.version) else None
    return None
