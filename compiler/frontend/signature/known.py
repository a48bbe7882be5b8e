"""Names of cog, typing and pydantic: one spelling for each of the ways in which they can be imported."""

import typing

COG = frozenset({
    "AsyncConcatenateIterator", "BaseModel", "BasePredictor", "BaseRunner", "CancelationException", "ConcatenateIterator",
    "ExperimentalFeatureWarning", "FieldInfo", "File", "Input", "Opaque", "Path", "Secret", "URLFile", "URLPath",
    "concurrent", "current_scope", "emit_metric", "streaming",
})  # fmt: skip

STARS: dict[str, frozenset[str]] = {"cog": COG, "typing": frozenset(typing.__all__)}

_PREFIXES = (("typing_extensions.", "typing."), ("collections.abc.", "typing."))

_SAME = {
    "builtins.object": "typing.Any",
    "pathlib.Path": "cog.Path",
    "pydantic.dataclasses.dataclass": "dataclasses.dataclass",
    "pydantic.fields.Field": "pydantic.Field",
    "pydantic.main.BaseModel": "pydantic.BaseModel",
    "pydantic.v1.BaseModel": "pydantic.BaseModel",
    "pydantic.v1.Field": "pydantic.Field",
    "typing.AsyncIterable": "typing.AsyncIterator",
    "typing.Dict": "builtins.dict",
    "typing.Iterable": "typing.Iterator",
    "typing.List": "builtins.list",
    "typing.Mapping": "builtins.dict",
    "typing.MutableMapping": "builtins.dict",
    "typing.Sequence": "builtins.list",
    "typing.Text": "builtins.str",
}


def canonical(name: str) -> str:
    """The one spelling of a dotted name; a name that we do not know is given back as it is."""
    root, _, last = name.rpartition(".")
    if root.partition(".")[0] == "cog" and last in COG:
        return f"cog.{last}"
    for prefix, replacement in _PREFIXES:
        name = name.replace(prefix, replacement) if name.startswith(prefix) else name
    return _SAME.get(name, name)


def short(name: str) -> str:
    """A dotted name as people write it: `list` for `builtins.list`."""
    return name.removeprefix("builtins.")
