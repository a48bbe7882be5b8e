"""Texts from the command line and values of JSON as typed values, by the schema of the input that they are for."""

import base64
import json
import mimetypes
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from .schema import InputSchema, Schema


class Refused(ValueError):
    """The message is the next step."""


_TRUE, _FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


def of_texts(texts: list[str], kind: Schema, schema: InputSchema) -> Any:
    """The texts given for one input. Raises ValueError (Refused) for what its type does not take, OSError."""
    if kind.get("type") == "array":
        return _list(texts, kind, schema)
    if len(texts) == 1:
        return _of_text(texts[0], kind, schema)
    for option in _options(kind, schema):
        if option.get("type") == "array":
            return _list(texts, option, schema)
    raise Refused("give it once")


def of_json(value: Any, kind: Schema, schema: InputSchema) -> Any:
    """A value of JSON: text is read as on the command line where the input takes no text as such."""
    if isinstance(value, list):
        lists = (option for option in (kind, *_options(kind, schema)) if option.get("type") == "array")
        items = schema.resolved(next(lists, {}).get("items", {}))
        return [of_json(item, items, schema) for item in value]
    if isinstance(value, str) and (_names_file(value, kind, schema) or kind.get("type") in _CONVERTED):
        return _of_text(value, kind, schema)
    return value


def _options(kind: Schema, schema: InputSchema) -> list[Schema]:
    """The members of a union."""
    return [schema.resolved(option) for option in kind.get("anyOf", [])]


def _names_file(text: str, kind: Schema, schema: InputSchema) -> bool:
    """A union that takes text beside files has these by their `@` only."""
    of_options = text.startswith("@") and any(each.get("format") == "uri" for each in _options(kind, schema))
    return of_options or kind.get("format") == "uri"


def _list(texts: list[str], kind: Schema, schema: InputSchema) -> list[Any]:
    """Each text is an item, or the one text is a whole list in JSON."""
    if len(texts) == 1 and texts[0].lstrip().startswith("["):
        return [of_json(item, schema.resolved(kind.get("items", {})), schema) for item in json.loads(texts[0])]
    items = schema.resolved(kind.get("items", {}))
    return [_of_text(text, items, schema) for text in texts]


def _of_text(text: str, kind: Schema, schema: InputSchema) -> Any:
    if kind.get("nullable") and text == "null":
        return None
    if _names_file(text, kind, schema):
        return _url(text)
    content = Path(text[1:]).read_text("utf-8") if text.startswith("@") else text
    if options := _options(kind, schema):
        return _of_first(content, options, schema)
    if kind.get("type") == "array":
        return of_json(_json_of(list, content), kind, schema)
    return _READERS.get(kind.get("type", ""), _any)(content)


def _of_first(text: str, options: list[Schema], schema: InputSchema) -> Any:
    """As the first of them that takes it; what is wrong is told of a file, where one could be meant."""
    refused = None
    # Any text may be a URL.
    for option in sorted(options, key=lambda option: option.get("format") == "uri"):
        try:
            return _of_text(text, option, schema)
        except Refused as told:
            refused = told
        except ValueError:
            continue
    if refused is not None:
        raise refused
    return _any(text)


def _url(text: str) -> str:
    """A data URL for `@file`; other text is a URL already."""
    if text.startswith("@"):
        return data_url(Path(text[1:]))
    if ":" in text:
        return text
    if Path(text).is_file():
        raise Refused(f"for the file on this machine write @{text}")
    raise Refused("write @ before the path of a file on this machine")


def data_url(path: Path) -> str:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def _boolean(text: str) -> bool:
    if text.lower() not in (*_TRUE, *_FALSE):
        raise ValueError
    return text.lower() in _TRUE


def _json_of(wanted: type, text: str) -> Any:
    found = json.loads(text)
    if not isinstance(found, wanted):
        raise ValueError
    return found


def _any(text: str) -> Any:
    """JSON where the text is some; the text itself elsewhere."""
    try:
        return json.loads(text)
    except ValueError:
        return text


_CONVERTED: dict[str, Callable[[str], Any]] = {"integer": int, "number": float, "boolean": _boolean}
_READERS: dict[str, Callable[[str], Any]] = {**_CONVERTED, "string": str, "object": partial(_json_of, dict)}
