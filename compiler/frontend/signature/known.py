"""Names of cog, typing and pydantic: one spelling for each of the ways in which they can be imported."""

import typing

_COG = (
    "AsyncConcatenateIterator BaseModel BasePredictor BaseRunner CancelationException ConcatenateIterator "
    "ExperimentalFeatureWarning FieldInfo File Input Opaque Path Secret URLFile URLPath concurrent current_scope "
    "emit_metric streaming"
)
COG = frozenset(_COG.split())

STARS: dict[str, frozenset[str]] = {"cog": COG, "typing": frozenset(typing.__all__)}

_PREFIXES = (("typing_extensions.", "typing."), ("collections.abc.", "typing."))

_SAME = {
    "builtins.frozenset": "builtins.set",
    "builtins.object": "typing.Any",
    "os.PathLike": "cog.Path",
    "pathlib.Path": "cog.Path",
    "pathlib.PosixPath": "cog.Path",
    "pathlib.PurePath": "cog.Path",
    "pathlib.PurePosixPath": "cog.Path",
    "pydantic.dataclasses.dataclass": "dataclasses.dataclass",
    "pydantic.fields.Field": "pydantic.Field",
    "pydantic.main.BaseModel": "pydantic.BaseModel",
    "pydantic.v1.BaseModel": "pydantic.BaseModel",
    "pydantic.v1.Field": "pydantic.Field",
    "typing.Dict": "builtins.dict",
    "typing.FrozenSet": "builtins.set",
    "typing.List": "builtins.list",
    "typing.Mapping": "builtins.dict",
    "typing.MutableMapping": "builtins.dict",
    "typing.Sequence": "builtins.list",
    "typing.Set": "builtins.set",
    "typing.Text": "builtins.str",
    "typing.Tuple": "builtins.tuple",
}


def canonical(name: str) -> str:
    """The one spelling of a dotted name; a name that we do not know is given back as it is."""
    root, _, last = name.rpartition(".")
    if root.partition(".")[0] == "cog" and last in COG:
        return f"cog.{last}"
    for prefix, replacement in _PREFIXES:
        name = replacement + name.removeprefix(prefix) if name.startswith(prefix) else name
    return _SAME.get(name, name)


def short(name: str) -> str:
    """A dotted name as people write it: `list` for `builtins.list`."""
    return name.removeprefix("builtins.")
