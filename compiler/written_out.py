"""Python source with its dataclasses written out, for the wheel: making them at each start cost more than a compile."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

_OPTIONS = {"frozen", "slots", "eq"}
_SHARED = {"field", "dataclass"}
_NEEDED = ("MISSING", "Fields", "refuse_delete", "refuse_set", "restore", "set_field", "state")
_GONE = "\0"


@dataclass(frozen=True, slots=True)
class _Field:
    """`default` and `factory` are source text, blank where there is none."""

    name: str
    default: str
    factory: str
    shown: bool

    @property
    def parameter(self) -> str:
        if self.factory:
            return f"{self.name}=_MISSING"
        return f"{self.name}={self.default}" if self.default else self.name

    @property
    def value(self) -> str:
        return f"({self.factory})() if {self.name} is _MISSING else {self.name}" if self.factory else self.name


@dataclass(frozen=True, slots=True)
class _Record:
    """A dataclass: its options, fields, and whether it has a `__post_init__`."""

    frozen: bool
    slots: bool
    eq: bool
    fields: tuple[_Field, ...]
    checked: bool

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)


def written_out(source: str, home: str) -> str:
    """The same module without the decorator; `home` is the relative name of the module `records`, such as `..records`.

    A dataclass that uses more than ours do, such as a base class with fields, stays as it is.
    """
    tree = ast.parse(source)
    lines = source.removesuffix("\n").split("\n")
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    found = [(node, record) for node in classes if (record := _record(node, source)) is not None]
    left = sum(_decorator(node) is not None for node in classes) - len(found)
    for node, record in found:
        _replace_class(lines, node, record)
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom) and statement.module == "dataclasses":
            _replace_import(lines, statement, home, stays=bool(left))
    return "\n".join(line for line in lines if line != _GONE) + "\n"


def _replace_class(lines: list[str], node: ast.ClassDef, record: _Record) -> None:
    """Lines are blanked or lengthened, never moved, so that later nodes are found where they were."""
    gones: tuple[ast.expr | ast.stmt, ...] = (*node.decorator_list, *_annotated(node))
    for gone in gones:
        for number in range(gone.lineno, (gone.end_lineno or gone.lineno) + 1):
            lines[number - 1] = _GONE
    indent = " " * (node.col_offset + 4)
    first = _annotated(node)[0].lineno if _annotated(node) else node.body[-1].end_lineno or node.lineno
    made = "\n".join(indent + line for line in _body(record))
    lines[first - 1] = made if lines[first - 1] == _GONE else f"{lines[first - 1]}\n{made}"


def _replace_import(lines: list[str], statement: ast.ImportFrom, home: str, stays: bool) -> None:
    names = [alias.name for alias in statement.names]
    kept = [name for name in names if name in _SHARED] if stays else []
    own: list[str] = [name for name in names if name not in _SHARED]
    own += [f"{name} as _{name}" for name in _NEEDED if "dataclass" in names]
    for number in range(statement.lineno, (statement.end_lineno or statement.lineno) + 1):
        lines[number - 1] = _GONE
    imports = [f"from {home} import {', '.join(own)}"]
    imports += [f"from dataclasses import {', '.join(kept)}"] if kept else []
    lines[statement.lineno - 1] = "\n".join(imports)


def _record(node: ast.ClassDef, source: str) -> _Record | None:
    decorator = _decorator(node)
    if decorator is None or len(node.decorator_list) != 1 or any(isinstance(base, ast.Name) for base in node.bases):
        return None
    options = {word.arg: ast.literal_eval(word.value) for word in decorator.keywords if word.arg in _OPTIONS}
    if len(options) != len(decorator.keywords) or decorator.args:
        return None
    fields = tuple(_field(statement, source) for statement in _annotated(node))
    checked = any(isinstance(part, ast.FunctionDef) and part.name == "__post_init__" for part in node.body)
    made = tuple(field for field in fields if field is not None)
    record = _Record(options.get("frozen", False), options.get("slots", False), options.get("eq", True), made, checked)
    return record if len(made) == len(fields) else None


def _decorator(node: ast.ClassDef) -> ast.Call | None:
    for found in node.decorator_list:
        name = found.func if isinstance(found, ast.Call) else found
        if isinstance(name, ast.Name) and name.id == "dataclass":
            return found if isinstance(found, ast.Call) else ast.Call(name, [], [])
    return None


def _annotated(node: ast.ClassDef) -> tuple[ast.AnnAssign, ...]:
    return tuple(part for part in node.body if isinstance(part, ast.AnnAssign))


def _field(statement: ast.AnnAssign, source: str) -> _Field | None:
    name, value = ast.unparse(statement.target), statement.value
    if "ClassVar" in ast.unparse(statement.annotation) or "InitVar" in ast.unparse(statement.annotation):
        return None
    if not (isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "field"):
        return _Field(name, "" if value is None else ast.unparse(value), "", True)
    options = {word.arg: word.value for word in value.keywords}
    if options.keys() - {"default", "default_factory", "repr"} or value.args:
        return None
    text = {arg: ast.unparse(found) for arg, found in options.items() if arg}
    return _Field(name, text.get("default", ""), text.get("default_factory", ""), text.get("repr") != "False")


def _body(record: _Record) -> Iterator[str]:
    yield f"__match_args__ = {record.names!r}"
    if record.slots:
        yield "__slots__ = __match_args__"
    yield "__dataclass_fields__ = _Fields()"
    yield from _init(record)
    yield from _repr(record)
    if record.eq:
        yield from _equality(record)
    if record.frozen:
        yield "__setattr__, __delattr__ = _refuse_set, _refuse_delete"
    if record.frozen and record.slots:
        yield "__getstate__, __setstate__ = _state, _restore"


def _init(record: _Record) -> Iterator[str]:
    yield f"def __init__({', '.join(('self', *(field.parameter for field in record.fields)))}):"
    for field in record.fields:
        value = field.value
        yield f"    _set_field(self, {field.name!r}, {value})" if record.frozen else f"    self.{field.name} = {value}"
    if record.checked or not record.fields:
        yield "    self.__post_init__()" if record.checked else "    pass"


def _repr(record: _Record) -> Iterator[str]:
    shown = ", ".join(f"{field.name}={{self.{field.name}!r}}" for field in record.fields if field.shown)
    yield "def __repr__(self):"
    yield f'    return f"{{self.__class__.__qualname__}}({shown})"'


def _equality(record: _Record) -> Iterator[str]:
    """`__eq__` where the class has none, and `__hash__` as `dataclass` decides it."""
    ours, theirs = (f"({''.join(f'{who}.{name}, ' for name in record.names)})" for who in ("self", "other"))
    yield "def __eq__(self, other):"
    yield f"    return {ours} == {theirs} if other.__class__ is self.__class__ else NotImplemented"
    if record.frozen:
        yield "def __hash__(self):"
        yield f"    return hash({ours})"
    else:
        yield "__hash__ = None"
