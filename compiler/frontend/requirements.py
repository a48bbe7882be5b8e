"""All requirement lines of a project: from the configuration or from files, includes in their place."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from packaging.utils import canonicalize_name

from ..ir.codes import requirements as codes
from ..ir.codes.config import PACKAGES_AND_REQUIREMENTS, REQUIREMENTS_MISSING
from ..ir.diagnostic import Label, Report
from ..ir.document import Mapping
from ..ir.project import Files
from ..ir.requirement import Package, RequirementLine
from ..ir.source import Source
from ..ir.spec import Stated
from .conflicts import conflicts
from .options import WrittenOption
from .requirement_lines import Include, Written, read_lines

_SDK = {"cog", "coglet"}
_DEEPEST = 50


def requirements_file(build: Mapping) -> Stated[str] | None:
    """The path that `build.python_requirements` names, whether or not there is such a file."""
    scalar = build.scalar("python_requirements")
    return None if scalar is None else Stated(posixpath.normpath(scalar.text.strip()), scalar.span)


def requirements(build: Mapping, files: Files, report: Report) -> tuple[RequirementLine, ...]:
    """The lines in the order of their installation, without those that name our own SDK."""
    _check_exclusive(build, report)
    lines = tuple(line for line in _lines(build, files, report) if not _is_sdk(line, report))
    report.add(*conflicts(line for line in lines if isinstance(line, Package)))
    return lines


def _check_exclusive(build: Mapping, report: Report) -> None:
    packages, file = build.entry("python_packages"), build.entry("python_requirements")
    if packages is None or file is None or not build.items("python_packages"):
        return
    message = "`python_packages` and `python_requirements` exclude each other"
    also = [Label(packages.key.span, "the other one")]
    advice = "move the packages into the requirements file"
    report.add(PACKAGES_AND_REQUIREMENTS.at(file.key.span, message, help=advice, also=also))


def _lines(build: Mapping, files: Files, report: Report) -> Iterator[RequirementLine]:
    reader = _Reader(files, report)
    for scalar in build.scalars("python_packages"):
        yield from reader.lines(Written(scalar.text, scalar.part), "")
    file = requirements_file(build)
    if file is None:
        return
    source = files.read(file.value)
    if source is None:
        message = f"there is no file `{file.value}` in the project"
        report.add(REQUIREMENTS_MISSING.at(file.span, message, help=_near(file.value, files)))
        return
    yield from reader.file(source)


def _near(path: str, files: Files) -> str:
    near = get_close_matches(path, files.paths(), 1, 0.75)
    return f"did you mean `{near[0]}`?" if near else "create it, or correct the path"


def _is_sdk(line: RequirementLine, report: Report) -> bool:
    if not isinstance(line, Package) or canonicalize_name(line.requirement.name) not in _SDK:
        return False
    message = f"`{line.requirement.name}` is left out: the image has the SDK of this cogc"
    report.add(codes.REQUIREMENT_SDK.at(line.span, message, help="remove the line"))
    return True


@dataclass(slots=True)
class _Reader:
    """Follows includes; `read` are the files seen, `open` those that led to the present one."""

    files: Files
    report: Report
    read: set[str] = field(default_factory=set)
    open: list[str] = field(default_factory=list)

    def file(self, source: Source) -> Iterator[RequirementLine]:
        self.read.add(source.name)
        self.open.append(source.name)
        yield from self.lines(Written(source.text, source.whole().part), posixpath.dirname(source.name))
        self.open.pop()

    def lines(self, written: Written, folder: str) -> Iterator[RequirementLine]:
        for line in read_lines(written, self.report):
            if isinstance(line, Include):
                yield from self._include(line.option, folder)
            else:
                yield line

    def _include(self, option: WrittenOption, folder: str) -> Iterator[RequirementLine]:
        if option.role == "constraint":
            advice = "write each limit behind the package that it concerns: `name<2`"
            self.report.add(codes.REQUIREMENT_CONSTRAINT.at(option.span, "constraints are not applied", help=advice))
            return
        path = posixpath.normpath(posixpath.join(folder, option.value))
        if path in self.open or len(self.open) > _DEEPEST:
            message = f"`{path}` is included in a circle: {' → '.join((*self.open, path))}"
            self.report.add(codes.REQUIREMENT_CYCLE.at(option.value_span, message, help="remove one of the includes"))
            return
        source = self._source(option, path)
        if source is not None and source.name not in self.read:  # a second time it would say the same
            yield from self.file(source)

    def _source(self, option: WrittenOption, path: str) -> Source | None:
        source = None if "://" in option.value else self.files.read(path)
        if source is None:
            message = f"there is no file `{option.value if '://' in option.value else path}` in the project"
            advice = "correct the path, which counts from the folder of this file"
            self.report.add(codes.REQUIREMENT_INCLUDE.at(option.value_span, message, help=advice))
        return source
