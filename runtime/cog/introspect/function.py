"""From a function to its `Signature`."""

import inspect
from typing import Any, Callable, Dict

from ..decorators import CONCURRENCY, STREAMING
from ..input import FieldInfo
from ..signature import Parameter, Signature, Type
from ..signature.fitting import fits
from ..signature.words import describe
from .annotations import classes_in, hints_of
from .defaults import json_default
from .errors import SignatureError
from .limits import limits_of
from .shapes import type_of

_EMPTY = inspect.Parameter.empty


def signature_of(function: Callable[..., Any], skip: int = 0) -> Signature:
    """`skip` is the number of leading parameters that no client sends (`self`).

    Raises SignatureError naming the parameter or the return type that cannot be served.
    """
    hints = _evaluated(function)
    listed = list(inspect.signature(function).parameters.values())[skip:]
    output = _output(function, hints)
    return Signature(
        parameters=tuple(_parameter(entry, hints) for entry in listed if _is_named(entry)),
        output=output,
        is_async=is_async(function),
        streaming=_streams(function, output),
        extra_inputs=any(entry.kind is entry.VAR_KEYWORD for entry in listed),
        max_concurrency=int(_marked(function, CONCURRENCY, 1)),
    )


def is_async(function: Callable[..., Any]) -> bool:
    """True for coroutine functions and async generators, decorated ones included."""
    inner = inspect.unwrap(function)
    return inspect.iscoroutinefunction(inner) or inspect.isasyncgenfunction(inner)


def _streams(function: Any, output: Type) -> bool:
    streaming = bool(_marked(function, STREAMING, False))
    if streaming and output.kind != "iterator":
        raise SignatureError("@streaming needs an output that comes in pieces; return cog.ConcatenateIterator[str]")
    return streaming


def _marked(function: Any, name: str, default: Any) -> Any:
    return getattr(function, name, getattr(inspect.unwrap(function), name, default))


def _evaluated(function: Callable[..., Any]) -> Dict[str, Any]:
    try:
        return hints_of(function)
    except Exception as error:
        name = getattr(function, "__name__", "function")
        raise SignatureError(f"the annotations of {name} cannot be evaluated: {error}") from error


def _is_named(entry: inspect.Parameter) -> bool:
    if entry.kind is entry.VAR_POSITIONAL:
        raise SignatureError(f"parameter '*{entry.name}': inputs have names; write each as a parameter")
    if entry.kind is entry.POSITIONAL_ONLY:
        raise SignatureError(f"parameter {entry.name!r} can only be passed by position; remove the '/' behind it")
    return entry.kind is not entry.VAR_KEYWORD


def _output(function: Callable[..., Any], hints: Dict[str, Any]) -> Type:
    if "return" not in hints:
        name = getattr(function, "__name__", "function")
        raise SignatureError(f"{name} has no return annotation; add one, such as '-> str' or '-> cog.Path'")
    return type_of(hints["return"], "return type")


def _parameter(entry: inspect.Parameter, hints: Dict[str, Any]) -> Parameter:
    where = f"parameter {entry.name!r}"
    if entry.name not in hints:
        raise SignatureError(f"{where} has no type; annotate it, such as '{entry.name}: str'")
    type_ = type_of(hints[entry.name], where)
    _check_input(type_, hints[entry.name], where)
    info = _info(entry.default)
    required = info.default is ...
    default = None if required else json_default(info.default, where)
    _check_default(default, type_, where)
    return Parameter(
        name=entry.name,
        type=type_,
        required=required and not type_.nullable,
        default=default,
        description=info.description or "",
        deprecated=info.deprecated,
        accept=info.accept,
        **limits_of(info, type_, where),
    )


def _info(default: Any) -> FieldInfo:
    if isinstance(default, FieldInfo):
        return default
    return FieldInfo() if default is _EMPTY else FieldInfo(default=default)


def _check_input(type_: Type, annotation: Any, where: str) -> None:
    outputs = ["none"] if type_.kind == "none" else ["iterator"] if type_.holds("iterator") else []
    outputs += [each.__name__ for each in classes_in(annotation) if type_of(each, where).kind == "record"]
    if outputs:
        raise SignatureError(f"{where}: {outputs[0]} can only be an output; use dict or a TypedDict")


def _check_default(default: Any, type_: Type, where: str) -> None:
    """Of a file only: no other default has to be of its type for what is made of it."""
    if default is not None and type_.holds("path", "file") and not fits(default, type_):
        raise SignatureError(f"{where}: the default {default!r} is not {describe(type_)}")
