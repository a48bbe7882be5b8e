"""Lines of a requirements file, each on its own: what kind it is, and whether it can be read."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..ir.codes import requirements as codes
from ..ir.diagnostic import Report
from ..ir.requirement import Location, Option, Package, Requirement, RequirementLine
from ..ir.source import Span
from .credentials import credentials_in
from .grammar import grammar
from .invalid_requirement import explain, read_requirement
from .local_packages import WrittenPath
from .options import WrittenName, WrittenOption, read_option
from .usual_lines import USUAL_LINE, independent
from .variables import variable_in

_URL = r"[A-Za-z][A-Za-z0-9+.-]*://"
_OTHER_VCS = r"(hg|svn|bzr)\+"
_FILE = r"(\w+\+)?file:"
_FOLDED = r"[ \t]*\\\r?\n[ \t]*"
_END = "\n\n"  # the first may be taken by a continuation that nothing follows
LOCAL = (
    r"\.{1,2}([/\\].*)?"  # ./wheels/a.whl
    r"|[/~\\].*|[A-Za-z]:[/\\].*|file:.*"
    r"|[^@<>=!;\[]*/.*"  # wheels/a.whl
    r"|[^@;\[]*\.(whl|zip|tgz|tar\.\w+)(\s*[;\[].*)?"
)


@dataclass(frozen=True, slots=True)
class Written:
    """Text that holds requirement lines, and where its characters stand in the user's files."""

    text: str
    place: Callable[[int, int], Span]


@dataclass(frozen=True, slots=True)
class Include:
    """`-r` or `-c`: a line that stands for the lines of a file."""

    option: WrittenOption


Line = RequirementLine | WrittenPath | Include


def read_lines(written: Written, report: Report) -> Iterator[Line]:
    """The lines in order; those that cannot be read are told to `report` and left out."""
    start = 0
    for text in independent(written.text):
        reader = _Reader(written, start, report)
        if usual := re.fullmatch(USUAL_LINE, text):
            yield from reader.usual(usual)
        else:
            for line in grammar("requirements").parse(text + _END).children:
                yield from reader.line(line)
        start += len(text) + 1


@dataclass(frozen=True, slots=True)
class _Reader:
    """Trees are lark's, whose children have no types, and count from `start`."""

    written: Written
    start: int
    report: Report

    def usual(self, line: re.Match[str]) -> Iterator[Line]:
        if line["requirement"] is not None:
            start, end = (self.start + place for place in line.span("requirement"))
            options = tuple(word for word in line["options"].split() if word != "\\")
            yield from self._requirement(line["requirement"], self.written.place(start, end), options)

    def line(self, line: Any) -> Iterator[Line]:
        """The global options of a line, then what it installs, with the options of that alone."""
        options = [made for tree in line.children if tree.data == "option" for made in self._option(tree)]
        for option in options:
            yield from self._global(option)
        attached = [option for option in options if option.role == "package"]
        requirements = [tree for tree in line.children if tree.data == "requirement"]
        for tree in requirements:
            yield from self._requirement(*self._piece(tree.children), tuple(option.text for option in attached))
        for option in [] if requirements else attached:
            message, advice = f"`{option.name}` without a package", "write it behind a requirement, on the same line"
            self.report.add(codes.REQUIREMENT_OPTION.at(option.span, message, help=advice))

    def _option(self, tree: Any) -> tuple[WrittenOption, ...]:
        name, *values = tree.children
        text, span = self._piece([name, *values])
        value, value_span = self._piece(values) if values else ("", span)
        if values and name.type == "SHORT":  # `-iURL` is good for pip only
            text = f"{name} {value}"
        written = WrittenName(str(name), text, span)
        option = read_option(written, value.removeprefix("="), value_span, self.report)
        return () if option is None else (option,)

    def _global(self, option: WrittenOption) -> tuple[Line, ...]:
        if self._depends_on_the_builder(option.span):
            return ()
        match option.role:
            case "include" | "constraint":
                return (Include(option),)
            case "editable" if not is_remote(option.value):
                return (WrittenPath(option.value, option.value_span, "-e "),)
            case "url" if option.name == "--find-links" and not is_remote(option.value):
                return (WrittenPath(option.value, option.value_span, "--find-links "),)
            case "url" if not is_remote(option.value):
                return self._refuse_local(option)
            case "editable":  # an installed package is never edited in an image, and the installer refuses `-e URL`
                return self._location(option.value, option.value_span)
            case "package":
                return ()
            case _:
                return (Option(option.text, option.span, option.name, option.value),)

    def _requirement(self, text: str, span: Span, options: tuple[str, ...]) -> tuple[Line, ...]:
        if is_sure(text):
            return (Package(" ".join((text, *options)), span, Requirement(text), options),)
        if self._depends_on_the_builder(span):
            return ()
        if is_remote(text):
            return self._location(" ".join((text, *options)), span)
        if re.fullmatch(LOCAL, text):
            return (WrittenPath(text, span, options=options),)
        try:
            requirement = read_requirement(text)
        except ValueError as error:
            self.report.add(explain(error, text, span))
            return ()
        if requirement.url and not is_remote(requirement.url):
            before, _, path = text.partition("@")
            return (WrittenPath(path.strip(), span, f"{before.strip()} @ ", options),)
        if requirement.url:
            self._location(requirement.url, span)
        return (Package(" ".join((text, *options)), span, requirement, options),)

    def _location(self, text: str, span: Span) -> tuple[Location]:
        if match := re.match(_OTHER_VCS, text):
            message, advice = f"`{match[1]}+` is not supported", "use a Git repository, or the URL of an archive"
            self.report.add(codes.REQUIREMENT_VCS.at(span, message, help=advice))
        return (Location(text, span),)

    def _refuse_local(self, option: WrittenOption) -> tuple[()]:
        message = f"`{option.name}` takes a URL, not the path `{option.value}`"
        advice = "name a folder of wheels with `--find-links`, or the wheels themselves, each on a line"
        self.report.add(codes.REQUIREMENT_LOCAL.at(option.value_span, message, help=advice))
        return ()

    def _depends_on_the_builder(self, span: Span) -> bool:
        """Credentials and variables: what one machine has and no file of the project should hold."""
        diagnostic = credentials_in(span) or variable_in(span)
        self.report.add(*((diagnostic,) if diagnostic else ()))
        return diagnostic is not None

    def _piece(self, tokens: Any) -> tuple[str, Span]:
        """Text without line continuations, and place, of a run of tokens."""
        start, end = self.start + tokens[0].start_pos, self.start + tokens[-1].end_pos
        text = re.sub(_FOLDED, lambda fold: " " if fold.group().strip("\\\r\n") else "", self.written.text[start:end])
        return text, self.written.place(start, end)


def is_sure(text: str) -> bool:
    """The usual line, a name and a version: it is no URL, and no file such as `name.zip`."""
    return Requirement(text).is_plain and ("." not in text or "=" in text)


def is_remote(text: str) -> bool:
    return bool(re.match(_URL, text)) and not re.match(_FILE, text)
