"""All requirement lines of a project: from the configuration or from files, includes in their place."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..ir.codes import requirements as codes
from ..ir.codes.config import PACKAGES_AND_REQUIREMENTS, REQUIREMENTS_MISSING
from ..ir.diagnostic import Label, Report
from ..ir.document import Mapping
from ..ir.project import Files
from ..ir.requirement import Location, Package, RequirementLine, canonical
from ..ir.source import Source
from ..ir.spec import Stated
from .conflicts import conflicts
from .local_packages import WrittenPath, local_package
from .options import Role, WrittenOption
from .requirement_lines import Include, Written, read_lines

_SDK = {"cog", "coglet"}
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Constraint:
    """A line of a file that `-c` names."""

    package: Package


@dataclass(frozen=True, slots=True)
class Requirements:
    """What to install, in order, and the limits of what is installed."""

    lines: tuple[RequirementLine, ...]
    constraints: tuple[Package, ...]


def requirements_file(build: Mapping) -> Stated[str] | None:
    """The path that `build.python_requirements` names, whether or not there is such a file."""
    scalar = build.scalar("python_requirements")
    return None if scalar is None else Stated(posixpath.normpath(scalar.text.strip()), scalar.span)


def requirements(build: Mapping, files: Files, report: Report) -> Requirements:
    """The lines in the order of their installation, without those that name our own SDK."""
    _check_exclusive(build, report)
    lines = tuple(line for line in _lines(build, files, report) if not _is_sdk(line, report))
    report.add(*conflicts(line for line in map(_limit, lines) if isinstance(line, Package)))
    return Requirements(
        tuple(line for line in lines if not isinstance(line, Constraint)),
        tuple(line.package for line in lines if isinstance(line, Constraint)),
    )


def _limit(line: RequirementLine | Constraint) -> RequirementLine:
    return line.package if isinstance(line, Constraint) else line


def _check_exclusive(build: Mapping, report: Report) -> None:
    packages, file = build.entry("python_packages"), build.entry("python_requirements")
    if packages is None or file is None or not build.items("python_packages"):
        return
    message = "`python_packages` and `python_requirements` exclude each other"
    also = [Label(packages.key.span, "the other one")]
    advice = "move the packages into the requirements file"
    report.add(PACKAGES_AND_REQUIREMENTS.at(file.key.span, message, help=advice, also=also))


def _lines(build: Mapping, files: Files, report: Report) -> Iterator[RequirementLine | Constraint]:
    reader = _Reader(files, report)
    for scalar in build.scalars("python_packages"):
        yield from reader.lines(Written(scalar.text, scalar.part), "", "include")
    file = requirements_file(build)
    if file is None:
        return
    source = files.read(file.value)
    if source is None:
        message = f"there is no file `{file.value}` in the project"
        report.add(REQUIREMENTS_MISSING.at(file.span, message, help=_near(file.value, files)))
        return
    yield from reader.file(source, "include")


def _near(path: str, files: Files) -> str:
    from difflib import get_close_matches

    near = get_close_matches(path, files.paths(), 1, 0.75)
    return f"did you mean `{near[0]}`?" if near else "create it, or correct the path"


def _absent(written: str, path: str) -> tuple[str, str]:
    """Of an included file: what is wrong, and what helps."""
    if "://" in written:
        return f"`{written}` is not a file of the project", "download it into the project, and name it there"
    if path.startswith(("/", "../")):
        return f"`{written}` lies outside the project", "copy it into the project: nothing else can be built in"
    return f"there is no file `{path}` in the project", "correct the path, which counts from the folder of this file"


def _is_sdk(written: RequirementLine | Constraint, report: Report) -> bool:
    line = _limit(written)
    if not isinstance(line, Package) or canonical(line.requirement.name) not in _SDK:
        return False
    message = f"`{line.requirement.name}` is left out: the image has the SDK of this cogc"
    report.add(codes.REQUIREMENT_SDK.at(line.span, message, help="remove the line"))
    return True


@dataclass(slots=True)
class _Reader:
    """Follows includes; `read` are the files seen, and as what, `open` those that led to the present one."""

    files: Files
    report: Report
    read: set[tuple[str, Role]] = field(default_factory=set)
    open: list[str] = field(default_factory=list)

    def file(self, source: Source, role: Role) -> Iterator[RequirementLine | Constraint]:
        self.read.add((source.name, role))
        self.open.append(source.name)
        yield from self.lines(Written(source.text, source.whole().part), posixpath.dirname(source.name), role)
        self.open.pop()

    def lines(self, written: Written, folder: str, role: Role) -> Iterator[RequirementLine | Constraint]:
        for line in read_lines(written, self.report):
            match line:
                case Include():
                    yield from self._include(line.option, folder, role)
                case Package() | WrittenPath() | Location() if role == "constraint":
                    yield from self._constraint(line)
                case WrittenPath():
                    yield from local_package(line, folder, self.files, self.report)
                case _:
                    yield line

    def _constraint(self, line: Package | WrittenPath | Location) -> tuple[Constraint, ...]:
        if isinstance(line, Package) and not line.requirement.extras:
            return (Constraint(line),)
        advice = "write it as `name<2`, without extras; what is to be installed stands in the requirements"
        message = f"`{line.text}` is not a limit on the versions of a package"
        self.report.add(codes.REQUIREMENT_CONSTRAINT.at(line.span, message, help=advice))
        return ()

    def _include(self, option: WrittenOption, folder: str, around: Role) -> Iterator[RequirementLine | Constraint]:
        """What a file of constraints includes are constraints, too."""
        role = around if around == "constraint" else option.role
        path = posixpath.normpath(posixpath.join(folder, option.value))
        if path in self.open or len(self.open) > _DEEPEST:
            message = f"`{path}` is included in a circle: {' → '.join((*self.open, path))}"
            self.report.add(codes.REQUIREMENT_CYCLE.at(option.value_span, message, help="remove one of the includes"))
            return
        source = self._source(option, path)
        if source is not None and (source.name, role) not in self.read:  # a second time it would say the same
            yield from self.file(source, role)

    def _source(self, option: WrittenOption, path: str) -> Source | None:
        source = None if "://" in option.value else self.files.read(path)
        if source is None:
            message, advice = _absent(option.value, path)
            self.report.add(codes.REQUIREMENT_INCLUDE.at(option.value_span, message, help=advice))
        return source
