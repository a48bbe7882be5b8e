"""Types: from an annotation to the type that the interface shows."""

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from ...contract import Type
from ...ir.codes.signature import (
    CONCATENATE_NOT_TEXT,
    INPUT_IN_ANNOTATED,
    TYPE_EXTERNAL,
    TYPE_UNSUPPORTED,
    UNION_UNSUPPORTED,
)
from .annotation import Annotation
from .enums import literal_type
from .known import short
from .records import class_type
from .resolve import external_name, resolve
from .scope import External, Local, Value

T = TypeVar("T")
ANY = Type("any")

_PLAIN: Mapping[str, Type] = {
    "builtins.bool": Type("bool"),
    "builtins.float": Type("float"),
    "builtins.int": Type("int"),
    "builtins.str": Type("str"),
    "cog.File": Type("file"),
    "cog.Path": Type("path"),
    "cog.Secret": Type("secret"),
    "datetime.date": Type("date"),
    "datetime.datetime": Type("datetime"),
    "io.BytesIO": Type("file"),
    "io.IOBase": Type("file"),
    "io.StringIO": Type("file"),
    "typing.Any": ANY,
    "typing.BinaryIO": Type("file"),
    "typing.IO": Type("file"),
    "typing.TextIO": Type("file"),
}

_ALONE = {
    "iterator": "an output is a stream, or it is none",
    "secret": "which values are hidden must not depend on them",
}


def read_type(written: Annotation) -> Type:
    """The type of an annotation. Raises Refusal at the part that has no place in an interface."""
    at = written.unquoted()
    match at.node:
        case ast.Constant(value=None):
            return Type("none")
        case ast.BinOp(op=ast.BitOr()):
            return _union([at.part(at.node.left), at.part(at.node.right)], at)
        case ast.Subscript():
            return _subscripted(at, at.node)
        case ast.Name() | ast.Attribute():
            return _named(at)
    raise at.refused(TYPE_UNSUPPORTED, "this is not a type", help=at.supported)


def inner_types(type_: Type) -> Iterable[Type]:
    """The types within a type, itself left out."""
    direct = [*type_.options, *(field.type for field in type_.fields), *([type_.items] if type_.items else [])]
    for inner in direct:
        yield inner
        yield from inner_types(inner)


def _named(at: Annotation) -> Type:
    match resolve(at.node, at.scope):
        case External(name):
            return _external(name, (), at)
        case Local() as found:
            return class_type(found, at, read_type)
        case Value(alias, scope) if alias is not at.node:
            return read_type(replace(at, node=alias, scope=scope))
    raise at.refused(TYPE_UNSUPPORTED, "this is not a type", help=at.supported)


def _subscripted(at: Annotation, node: ast.Subscript) -> Type:
    arguments = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    origin = resolve(node.value, at.scope)
    if isinstance(origin, External):
        return _external(origin.name, tuple(at.part(argument) for argument in arguments), at)
    raise at.refused(
        TYPE_UNSUPPORTED, "a generic class of your own cannot be shown in the interface", help=at.supported
    )


def _external(name: str, arguments: tuple[Annotation, ...], at: Annotation) -> Type:
    if name in _PLAIN:
        return _PLAIN[name]
    if name in _CONTAINERS:
        return _CONTAINERS[name](arguments)
    if name in _SPECIAL and arguments:
        return _SPECIAL[name](arguments, at)
    if name.partition(".")[0] in ("builtins", "cog", "typing"):
        raise at.refused(TYPE_UNSUPPORTED, f"`{short(name)}` cannot be the type of an {at.use}", help=at.supported)
    raise at.refused(
        TYPE_EXTERNAL,
        f"`{name}` is defined outside the project, so nothing is known about it",
        help=f"{at.supported};\nor write `Annotated[{at.span.text}, cog.Opaque]` to pass it through unseen",
    )


def _list(arguments: tuple[Annotation, ...]) -> Type:
    """Sequences of all kinds are arrays in JSON; `tuple[int, str]` holds any of its members."""
    kinds = _distinct(read_type(argument) for argument in arguments if not _is_ellipsis(argument))
    if not kinds:
        return Type("list", items=ANY)
    return Type("list", items=kinds[0] if len(kinds) == 1 else Type("union", options=kinds))


def _dict(arguments: tuple[Annotation, ...]) -> Type:
    return Type("dict", items=read_type(arguments[1]) if len(arguments) == 2 else ANY)


def _iterator(arguments: tuple[Annotation, ...]) -> Type:
    return Type("iterator", items=read_type(arguments[0]) if arguments else ANY)


def _text_stream(arguments: tuple[Annotation, ...]) -> Type:
    if arguments and read_type(arguments[0]).kind not in ("str", "any"):
        message = "only pieces of text can be concatenated"
        raise arguments[0].refused(CONCATENATE_NOT_TEXT, message, help="write `str` here, or return an `Iterator`")
    return Type("iterator", items=Type("str"), concatenate=True)


def _union(arguments: Iterable[Annotation], at: Annotation) -> Type:
    found = [read_type(argument) for argument in arguments]
    nullable = any(option.nullable or option.kind == "none" for option in found)
    flat = [inner for option in found for inner in (option.options or (option,)) if inner.kind != "none"]
    kept = _distinct(replace(option, nullable=False) for option in flat)
    if len(kept) < 2:
        return replace(kept[0], nullable=nullable) if kept else Type("none")
    alone = next((option.kind for option in kept if option.kind in _ALONE), None)
    if alone:
        article = "an" if alone == "iterator" else "a"
        message = f"a union cannot hold {article} {alone}: {_ALONE[alone]}"
        raise at.refused(UNION_UNSUPPORTED, message, help=f"make the {alone} a parameter or a field of its own")
    return Type("union", nullable=nullable, options=kept)


def _optional(arguments: tuple[Annotation, ...], at: Annotation) -> Type:
    return _union([*arguments, at.part(ast.copy_location(ast.Constant(None), at.node))], at)


def _annotated(arguments: tuple[Annotation, ...], at: Annotation) -> Type:
    marks = [mark.node.func if isinstance(mark.node, ast.Call) else mark.node for mark in arguments[1:]]
    names = {external_name(mark, at.scope) for mark in marks}
    if "cog.Input" in names:
        message = "`Input()` has no effect inside `Annotated`"
        raise at.refused(INPUT_IN_ANNOTATED, message, help="write it as the default value: `name: str = Input()`")
    return ANY if "cog.Opaque" in names else read_type(arguments[0])


def _distinct(values: Iterable[T]) -> tuple[T, ...]:
    """Without repetitions; the values need not be hashable."""
    kept: list[T] = []
    for value in values:
        if value not in kept:
            kept.append(value)
    return tuple(kept)


def _is_ellipsis(at: Annotation) -> bool:
    return isinstance(at.node, ast.Constant) and at.node.value is ...


_CONTAINERS: Mapping[str, Callable[[tuple[Annotation, ...]], Type]] = {
    "builtins.dict": _dict,
    "builtins.list": _list,
    "builtins.set": _list,
    "builtins.tuple": _list,
    "cog.AsyncConcatenateIterator": _text_stream,
    "cog.ConcatenateIterator": _text_stream,
    "typing.AsyncGenerator": _iterator,
    "typing.AsyncIterator": _iterator,
    "typing.Generator": _iterator,
    "typing.Iterator": _iterator,
}

_SPECIAL: Mapping[str, Callable[[tuple[Annotation, ...], Annotation], Type]] = {
    "typing.Annotated": _annotated,
    "typing.Literal": literal_type,
    "typing.Optional": _optional,
    "typing.Union": _union,
}
