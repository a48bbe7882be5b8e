"""The value of `setup`'s `weights` parameter."""

import io
import os
import pathlib
import typing
from typing import Any, Callable

from ..introspect.annotations import hints_of, is_optional
from ..types import File, Path, URLPath
from ..types.urls import is_file_url

_LOCAL = "weights"


def weights_for(parameter: str, setup: Callable[..., Any]) -> Any:
    """COG_WEIGHTS as the parameter's type, else the local `weights` file, else None.

    Raises TypeError when the annotation is not Path, File, str or Optional of these.
    """
    kind = _kind(hints_of(setup).get(parameter, Path))
    given = os.environ.get("COG_WEIGHTS") or (_LOCAL if pathlib.Path(_LOCAL).exists() else "")
    if not given:
        return None
    if kind is str:
        return given
    return File.validate(given) if kind is File and is_file_url(given) else _local(given, kind)


def _kind(annotation: Any) -> Any:
    if is_optional(annotation):
        annotation = next(each for each in typing.get_args(annotation) if each is not type(None))
    if annotation in (str, File):
        return annotation
    if annotation is Any or (isinstance(annotation, type) and issubclass(annotation, pathlib.Path)):
        return Path
    if isinstance(annotation, type) and issubclass(annotation, io.IOBase):
        return File
    raise TypeError("setup: the weights parameter must be a cog.Path, a cog.File or a str")


def _local(given: str, kind: Any) -> Any:
    path = URLPath(given).convert() if is_file_url(given) else Path(given)
    return path.open("rb") if kind is File else path
