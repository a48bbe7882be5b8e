"""A prediction's output as a person gets it: text and JSON to print, files to write."""

import base64
import json
import mimetypes
import re
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from .schema import OutputSchema

_DATA_URL = re.compile(
    r"data:(?P<kind>[\w.+-]+/[\w.+-]+)?(?:;[\w-]+=[^;,]*)*(?P<base64>;base64)?,(?P<data>.*)", re.DOTALL
)
# Where the table of the standard library has several suffixes, or another on each machine.
_SUFFIXES = {
    "application/json": ".json",
    "application/octet-stream": ".bin",
    "audio/wav": ".wav",
    "audio/x-wav": ".wav",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "text/plain": ".txt",
}


@dataclass(frozen=True, slots=True)
class OutputFile:
    path: Path
    content: bytes


@dataclass(frozen=True, slots=True)
class Shown:
    """What is printed, blank for nothing, and which files are written first."""

    text: str
    files: tuple[OutputFile, ...] = ()


def present(output: Any, schema: OutputSchema, target: Path | None) -> Shown:
    """How to show an output; `target` is where the user wants it, by default files are named `output`."""
    if schema.is_text_in_pieces and isinstance(output, list):
        return _text("".join(output), target)
    if schema.has_files and (target is None or schema.is_files):
        files: list[OutputFile] = []
        rest = _without_files(output, (), _Naming(target), files)
        return Shown("" if _only_files(output) else _printed(rest), tuple(files))
    return _text(_printed(output), target)


def present_weights(output: Any, schema: OutputSchema, target: Path) -> Shown:
    """How to show what a training gave: the one file of a record is the weights, as a file alone would be."""
    fields = output.items() if schema.is_record and isinstance(output, dict) else ()
    held = [(name, found) for name, value in fields if (found := _file_in(value))]
    if len(held) != 1:
        return present(output, schema, target)
    name, found = held[0]
    return Shown(_json({**output, name: str(target)}), (OutputFile(target, _content(found)),))


def present_piece(piece: Any, index: int, schema: OutputSchema) -> Shown:
    """One piece of an output that comes in several; all their texts together are what `present` prints."""
    if schema.is_text_in_pieces:
        return Shown(piece)
    files: list[OutputFile] = []
    rest = _without_files(piece, (str(index),), _Naming(None), files) if schema.has_files else piece
    if schema.is_files and files:
        return Shown("", tuple(files))
    return Shown(_opening(index) + textwrap.indent(_json(rest), "  "), tuple(files))


def closing(last: Shown | None, schema: OutputSchema) -> str:
    """What ends the text of all the pieces; nothing where they were files alone."""
    if schema.is_text_in_pieces:
        return "\n" if last else ""
    if last is None:
        return "[]\n"
    return "\n]\n" if last.text else ""


def cut_off(last: Shown | None) -> str:
    """What ends the line of the last piece where no more come, as the prediction failed."""
    return "\n" if last and last.text and not last.text.endswith("\n") else ""


def _opening(index: int) -> str:
    return ",\n" if index else "[\n"


def _text(text: str, target: Path | None) -> Shown:
    if target is None:
        return Shown(text)
    return Shown("", (OutputFile(target, text.encode()),))


def _printed(value: Any) -> str:
    return value if isinstance(value, str) else _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class _Naming:
    target: Path | None

    def path(self, place: tuple[str, ...], kind: str) -> Path:
        """`output.png`, and `output.0.png` or `output.name.png` for one of several.

        Of several, the user's suffix is only for those whose type may have it.
        """
        if self.target is not None and not place:
            return self.target
        target = self.target or Path("output")
        stated = target.suffix if _may_have(kind, target.suffix) else ""
        return target.with_name(".".join((target.stem, *place)) + (stated or _suffix(kind)))


def _without_files(value: Any, place: tuple[str, ...], naming: _Naming, files: list[OutputFile]) -> Any:
    """The value with the path of a file where its data URL was; the files are added to `files`."""
    if isinstance(value, list):
        return [_without_files(item, (*place, str(index)), naming, files) for index, item in enumerate(value)]
    if isinstance(value, dict):
        return {name: _without_files(item, (*place, name), naming, files) for name, item in value.items()}
    found = _file_in(value)
    if found is None:
        return value
    path = naming.path(place, found["kind"] or "")
    files.append(OutputFile(path, _content(found)))
    return str(path)


def _file_in(value: Any) -> re.Match[str] | None:
    return _DATA_URL.fullmatch(value) if isinstance(value, str) else None


def _content(found: re.Match[str]) -> bytes:
    return base64.b64decode(found["data"]) if found["base64"] else unquote_to_bytes(found["data"])


def _suffix(kind: str) -> str:
    return _SUFFIXES.get(kind) or mimetypes.guess_extension(kind) or ".bin"


def _may_have(kind: str, suffix: str) -> bool:
    """Whether the type says no other: `.jpeg` is as good as `.jpg`; plain text and mere bytes may have any."""
    usual = _suffix(kind)
    return usual in (".bin", ".txt") or suffix.lower() in (usual, *mimetypes.guess_all_extensions(kind))


def _only_files(output: Any) -> bool:
    """Whether nothing is left to print when the files are written."""
    items = output if isinstance(output, list) else [output]
    return bool(items) and all(isinstance(item, str) and item.startswith("data:") for item in items)
