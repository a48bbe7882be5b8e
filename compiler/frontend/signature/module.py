"""Module: a Python file of the project, parsed and not run; Project finds them by path and by dotted name."""

import ast
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from ...ir.codes.signature import PYTHON_SYNTAX
from ...ir.diagnostic import Diagnostic
from ...ir.project import Files
from ...ir.source import Source, Span
from .bindings import Binding, Definition, names_in, stars_in
from .place import offset, span_of
from .refusal import Refusal

# A file of the project with one of these names does not replace the package: it is already loaded, or preferred.
_PROVIDED = {
    "builtins",
    "cog",
    "collections",
    "dataclasses",
    "datetime",
    "enum",
    "io",
    "os",
    "pathlib",
    "pydantic",
    "typing",
    "typing_extensions",
}


@dataclass(frozen=True, slots=True, eq=False)
class Module:
    """`names` are those of its top level, `stars` the modules of its `from … import *`."""

    project: "Project"
    source: Source
    names: Mapping[str, Binding]
    stars: tuple[str, ...]

    def span(self, node: ast.expr | ast.stmt | ast.arg | ast.keyword) -> Span:
        return span_of(self.source, node)

    def name_span(self, node: Definition) -> Span:
        """The name in `class Name` and `def name`: the node itself is the whole body."""
        start = self.source.text.find(node.name, offset(self.source, node.lineno, node.col_offset) + len("def"))
        return Span(self.source, start, start + len(node.name))


@dataclass(slots=True)
class Project:
    """Every file is read and parsed at most once."""

    files: Files
    _parsed: dict[str, Module | None] = field(default_factory=dict)

    def at(self, path: str) -> Module | None:
        """The module in a file; None when there is no such file. Raises Refusal where it is not Python."""
        if path not in self._parsed:
            source = self.files.read(path)
            self._parsed[path] = None if source is None else self._parse(source)
        return self._parsed[path]

    def named(self, dotted: str) -> Module | None:
        """The module of a dotted name; None when the project has none, or must not replace the known one."""
        if not dotted or dotted.startswith(".") or dotted.partition(".")[0] in _PROVIDED:
            return None
        path = dotted.replace(".", "/")
        return self.at(f"{path}/__init__.py") or self.at(f"{path}.py")

    def _parse(self, source: Source) -> Module:
        source = replace(source, text=source.text.replace("\r\n", "\n").replace("\r", "\n"))
        tree = _tree(source)
        package = PurePosixPath(source.name).parent.parts
        return Module(self, source, names_in(tree.body, package), stars_in(tree.body, package))


def _tree(source: Source) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as an invalid escape: not ours to report
            tree = ast.parse(source.text)
            # What the grammar lets pass and Python refuses, such as two parameters of one name.
            compile(tree, source.name, "exec", dont_inherit=True)
            return tree
    except SyntaxError as error:
        raise Refusal(_broken(source, error)) from error
    except (ValueError, RecursionError, MemoryError) as error:
        help = "remove null characters, or split what is nested too deeply"
        raise Refusal(PYTHON_SYNTAX.at(source.start(), "Python's parser cannot read this file", help=help)) from error


def _broken(source: Source, error: SyntaxError) -> Diagnostic:
    line = min(error.lineno or 1, source.text.count("\n") + 1)
    start = source.offset(line, max(error.offset or 1, 1))
    span = Span(source, start, min(start + 1, len(source.text)))
    return PYTHON_SYNTAX.at(span, f"this is not valid Python: {error.msg}", help="correct the Python file")
