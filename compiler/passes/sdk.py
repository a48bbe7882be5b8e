"""The `cog` package in the model's environment needs a pydantic of a certain range."""

from ..ir.codes.resolution import PYDANTIC_UNSUPPORTED
from ..ir.diagnostic import Report
from ..ir.requirement import Package
from ..ir.spec import Spec
from .asks import name_of, packages

PYDANTIC = ">=1.9,<3"


def check_sdk(spec: Spec, report: Report) -> None:
    for line in packages(spec):
        if name_of(line) == "pydantic" and _outside(line):
            message = f"{line.requirement.name}{line.requirement.specifier} allows no version from 1.9 to below 3"
            found = PYDANTIC_UNSUPPORTED.at(line.span, message, help=f"allow a version that satisfies {PYDANTIC}")
            report.add(found)


def _outside(line: Package) -> bool:
    from packaging.specifiers import SpecifierSet

    return (line.requirement.specifier & SpecifierSet(PYDANTIC)).is_unsatisfiable()
