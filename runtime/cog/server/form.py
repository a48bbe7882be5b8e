"""A multipart form in place of JSON: inputs as fields, files as they are."""

import asyncio
import contextlib
import mimetypes
import pathlib
import shutil
import sys
from typing import Any, AsyncIterator, Dict, List, Union
from urllib.parse import quote

from pydantic_core import from_json
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from ..signature import Signature, Type
from ..types.urls import safe_name
from .errors import FileError, Refused
from .inputs import InputFiles
from .json import encoded

_TEXT = Type("str")
_REQUEST: Dict[str, Type] = {
    "input": Type("dict"),
    "id": _TEXT,
    "created_at": _TEXT,
    "context": Type("dict"),
    "output_file_prefix": _TEXT,
    "webhook": _TEXT,
    "webhook_events_filter": Type("list", items=_TEXT),
}
# Checked from text as well as from JSON, so the text is passed on.
_FROM_TEXT = ("str", "secret", "int", "float", "bool", "date", "datetime", "path", "file", "enum")
_EMPTY_IS_VALUE = ("str", "secret", "enum")
_UNKNOWN_TYPE = "application/octet-stream"


def is_form(content_type: str) -> bool:
    return content_type.split(";", 1)[0].strip().lower() == "multipart/form-data"


async def as_json(request: Request, signature: Signature, limit: int, files: InputFiles) -> bytes:
    """The body that would mean the same. Raises HTTPException (400) for what is no form.

    Files for `Path` and `File` inputs are attached to `files`: they are too large to be passed on as text.

    A field that is no input of the model may be another part of a request, such as `webhook`.
    """
    types = {parameter.name: parameter.type for parameter in signature.parameters}
    found: Dict[str, Any] = {}
    inputs: Dict[str, Any] = {}
    async with _form(request, limit) as form:
        for name in form:
            type_ = types.get(name) or _REQUEST.get(name, _TEXT)
            place = found if name in _REQUEST and name not in types else inputs
            texts = [await _text(part, type_, files) for part in form.getlist(name)]
            place.update(_given(name, type_, texts))
    return encoded({**found, "input": _merged(found.get("input"), inputs)})


@contextlib.asynccontextmanager
async def _form(request: Request, limit: int) -> AsyncIterator[FormData]:
    from python_multipart.exceptions import FormParserError

    try:
        form = await request.form(max_part_size=limit or sys.maxsize)
    except FormParserError as error:
        # Older Starlettes let it through.
        raise HTTPException(400, str(error)) from None
    try:
        yield form
    finally:
        await form.close()


def _merged(whole: Any, inputs: Dict[str, Any]) -> Any:
    """The field `input` may hold some inputs as JSON; what is not an object is left to validation."""
    return {**whole, **inputs} if isinstance(whole, dict) else whole or inputs


def _given(name: str, type_: Type, texts: List[str]) -> Dict[str, Any]:
    """Browsers send a field that was left empty; only for text is that a value."""
    lists = [option for option in (type_, *type_.options) if option.kind == "list"]
    if lists and (len(texts) > 1 or type_.kind == "list"):
        return {name: _items(lists[0], texts)}
    if not texts[-1] and type_.kind not in _EMPTY_IS_VALUE:
        return {}
    return {name: _value(type_, texts[-1])}


def _items(type_: Type, texts: List[str]) -> List[Any]:
    if len(texts) == 1 and texts[0].lstrip().startswith("["):
        whole = _value(Type("any"), texts[0])
        return whole if isinstance(whole, list) else texts
    return [_value(type_.items or _TEXT, text) for text in texts if text]


def _value(type_: Type, text: str) -> Any:
    if type_.kind in _FROM_TEXT:
        return text
    try:
        return from_json(text, allow_inf_nan=False)
    except ValueError:
        return text


async def _text(part: Union[str, UploadFile], type_: Type, files: InputFiles) -> str:
    if isinstance(part, str):
        return part
    if not _takes_files(type_):
        return (await part.read()).decode("utf-8", "replace")
    if not part.filename and not part.size:
        return ""
    return await asyncio.get_running_loop().run_in_executor(None, _attached, part, files)


def _takes_files(type_: Type) -> bool:
    """As they are; in a mapping or a record they need a name."""
    if type_.kind == "list" and type_.items:
        return _takes_files(type_.items)
    return type_.kind in ("path", "file") or any(_takes_files(option) for option in type_.options)


def _attached(part: UploadFile, files: InputFiles) -> str:
    """The text that stands for the file, among the inputs and where they are shown."""
    name = _name_of(part)
    try:
        target = files.new_place(name)
        with target.open("wb") as file:
            shutil.copyfileobj(part.file, file)
    except (FileError, OSError) as error:
        raise Refused(507, f"The file {name!r} cannot be stored: {error}") from error
    text = f"upload:{len(files.attached) + 1}/{quote(name)}"
    files.attached[text] = str(target)
    return text


def _name_of(part: UploadFile) -> str:
    """Its own; with the suffix of its type where it has none."""
    name = safe_name(part.filename or "file")
    known = part.content_type not in (None, _UNKNOWN_TYPE) and not pathlib.PurePosixPath(name).suffix
    return name + (mimetypes.guess_extension(part.content_type or "") or "") if known else name
