"""Keys that have no meaning where they stand: what was meant by them, and where it belongs."""

from collections.abc import Iterable, Iterator
from typing import Any

from ..ir.codes.config import MISPLACED_KEY, UNKNOWN_KEY, UNSUPPORTED_KEY
from ..ir.diagnostic import Diagnostic
from ..ir.document import Scalar

Path = tuple[str | int, ...]

# Keys of other versions of the format, that are refused because the image would differ -> what to write instead.
_UNSUPPORTED = {
    "build.python_overrides": "pin the packages in the requirements, or limit them by a file that `-c` names there",
}


def unknown_key(key: Scalar, parent: Path, siblings: Iterable[str], schema: dict[str, Any]) -> Diagnostic:
    """The diagnostic for a key that is none of the `siblings` which the schema has under `parent`."""
    here = ".".join(str(step) for step in parent if isinstance(step, str))
    full = f"{here}.{key.text}".strip(".")
    if full in _UNSUPPORTED:
        message = f"`{full}` is not supported by this version of cogc"
        return UNSUPPORTED_KEY.at(key.span, message, help=_UNSUPPORTED[full])
    known = tuple(_paths(schema, ""))
    if places := [path for path in known if path.rpartition(".")[2] == key.text]:
        message = f"`{key.text}` does not belong {_where(here)}"
        return MISPLACED_KEY.at(key.span, message, help=_move(places[0].rpartition(".")[0]))
    message = f"unknown key `{key.text}` {_where(here)}"
    return UNKNOWN_KEY.at(key.span, message, help=_help(key.text, tuple(siblings), known))


def _help(name: str, siblings: tuple[str, ...], known: tuple[str, ...]) -> str:
    """The nearest key, of the same level if there is one."""
    from difflib import get_close_matches

    if near := get_close_matches(name.lower(), siblings, 1):
        return f"did you mean `{near[0]}`?"
    names = {path.rpartition(".")[2]: path for path in reversed(known)}
    if near := get_close_matches(name.lower(), names, 1, 0.75):
        return f"did you mean `{names[near[0]]}`?"
    return f"known here: {', '.join(f'`{sibling}`' for sibling in siblings)}"


def _paths(schema: dict[str, Any], prefix: str) -> Iterator[str]:
    """`build`, `build.gpu`, …: every key of the schema's mappings, lists left aside."""
    for name, part in schema.get("properties", {}).items():
        yield prefix + name
        yield from _paths(part, f"{prefix}{name}.")


def _move(path: str) -> str:
    return f"move it under `{path}`" if path else "move it to the top level"


def _where(path: str) -> str:
    return f"under `{path}`" if path else "at the top level"
