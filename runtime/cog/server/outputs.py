"""Outputs on their way out: checked against the model's annotation, files turned into URLs."""

import asyncio
import contextlib
import mimetypes
import pathlib
import tempfile
from typing import Any, Dict, List, Tuple, Union

from pybase64 import b64encode
from pydantic_core import SchemaValidator, ValidationError

from ..signature import Signature, Type
from .errors import FileError
from .json import Written
from .uploads import Target
from .validation import output_schema

_SMALL_BYTES = 1 << 16


class OutputCheck:
    """Holds values against the annotated return type; for an iterator, each of its items."""

    def __init__(self, signature: Signature) -> None:
        output = signature.output
        checked = output.items if output.kind == "iterator" else output
        self._validator = SchemaValidator(output_schema(checked or Type("any")))

    def fitted(self, value: Any) -> Tuple[Any, str]:
        """The value in its type, 2.0 for an int as 2; and what does not fit, empty when all does."""
        try:
            return self._validator.validate_python(value), ""
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = "".join(f"[{part!r}]" for part in first["loc"])
            problem = first["msg"].replace("Input should", "it should", 1)
            return value, f"the output does not match its type: output{place}: {problem}"


async def with_urls(value: Any, files: List[Dict[str, Any]], target: Target, began: float) -> Any:
    """The value with the URL of each file in its place. `began` is the clock time of the prediction's start.

    Files that the prediction has made among the temporary ones are deleted, as documented. Raises FileError.
    """
    try:
        urls = await asyncio.gather(*(_url(pathlib.Path(entry["path"]), target) for entry in files))
    finally:
        discard(files, began)
    for entry, url in zip(files, urls):
        value = _placed(value, entry["at"], url)
    return value


def originals(files: List[Dict[str, Any]]) -> List[Dict[str, Any]]:
    """What copies were made of: to be discarded at the end of the prediction, which may go on writing to them."""
    return [{"path": entry["original"], "temporary": False} for entry in files if "original" in entry]


def discard(files: List[Dict[str, Any]], began: float) -> None:
    """Deletes output files that were sent, or that nobody will see."""
    for entry in files:
        _clean_up(pathlib.Path(entry["path"]), entry["temporary"], began)


def _placed(value: Any, at: List[Any], url: Union[str, Written]) -> Any:
    if not at:
        return url
    holder = value
    for key in at[:-1]:
        holder = holder[key]
    holder[at[-1]] = url
    return value


async def _url(path: pathlib.Path, target: Target) -> Union[str, Written]:
    try:
        size = path.stat().st_size
        if target.is_remote:
            return await target.upload(path, media_type_of(path))
        if size <= _SMALL_BYTES:
            return data_url_of(path)
        return await asyncio.get_running_loop().run_in_executor(None, data_url_of, path)
    except OSError as error:
        raise FileError(f"the output file {path.name!r} cannot be read: {error.strerror}") from error


def media_type_of(path: pathlib.Path) -> str:
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def data_url_of(path: pathlib.Path) -> Written:
    return Written(b'"data:%s;base64,' % media_type_of(path).encode(), b64encode(path.read_bytes()), b'"')


def _clean_up(path: pathlib.Path, temporary: bool, began: float) -> None:
    with contextlib.suppress(OSError):
        if temporary:
            path.unlink()
            path.parent.rmdir()
        elif _is_temporary(path) and path.stat().st_ctime >= began:
            path.unlink()


def _is_temporary(path: pathlib.Path) -> bool:
    return pathlib.Path(tempfile.gettempdir()).resolve() in path.parents
