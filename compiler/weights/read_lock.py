"""From the text of weights.lock to the Lock, with the place of whatever is wrong in it."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..ir.codes import weights as codes
from ..ir.diagnostic import Code, CompileError
from ..ir.source import Source
from ..ir.weight import WeightSource
from .digest import is_digest
from .files import WeightFile, WeightSet, set_digest
from .layer import MEDIA_TYPES, LayerFacts
from .lock import VERSION, Lock, LockedSource, LockedWeight
from .names import bad_names
from .places import place

_RESTORE = "restore the file from version control, or run `cogc weights import`"
_KINDS = {str: "text", int: "a whole number", list: "a list", dict: "an object"}


def read_lock(source: Source) -> Lock:
    """Raises CompileError (`weights-lock-syntax`, `-version`, `-shape`, `-digest`, `weight-file-name`)."""
    root = _Value(source, (), _json(source))
    version = root.field("version", int)
    if version.data != VERSION:
        message = f"version {version.data} of weights.lock is not known to this cogc, which reads version {VERSION}"
        raise version.refused(codes.WEIGHTS_LOCK_VERSION, message, "use the release of the tool that wrote it")
    found = tuple(_weight(each) for each in root.items("weights"))
    _check_unique(root, found)
    return Lock(root.text("envelopeFormat"), found)


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of the file, with the way to it."""

    source: Source
    path: tuple[str | int, ...]
    data: Any

    @property
    def name(self) -> str:
        text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path)
        return f"`{text.removeprefix('.')}`" if text else "the file"

    def has(self, key: str) -> bool:
        return isinstance(self.data, dict) and self.data.get(key) is not None

    def field(self, key: str, kind: type) -> "_Value":
        if not isinstance(self.data, dict):
            raise self.refused(codes.WEIGHTS_LOCK_SHAPE, f"{self.name} must be an object")
        if key not in self.data:
            raise self.refused(codes.WEIGHTS_LOCK_SHAPE, f"`{key}` is missing from {self.name}")
        found = _Value(self.source, (*self.path, key), self.data[key])
        if type(found.data) is not kind:
            raise found.refused(codes.WEIGHTS_LOCK_SHAPE, f"{found.name} must be {_KINDS[kind]}")
        return found

    def text(self, key: str) -> str:
        return str(self.field(key, str).data)

    def size(self, key: str) -> int:
        found = self.field(key, int)
        if found.data < 0:
            raise found.refused(codes.WEIGHTS_LOCK_SHAPE, f"{found.name} is negative")
        return int(found.data)

    def digest(self, key: str) -> str:
        found = self.field(key, str)
        if not is_digest(found.data):
            raise found.refused(codes.WEIGHTS_LOCK_SHAPE, f"{found.name} is not `sha256:` and 64 hexadecimal digits")
        return str(found.data)

    def items(self, key: str) -> tuple["_Value", ...]:
        """The items of a list; none for null, which Go writes for an empty one."""
        if isinstance(self.data, dict) and key in self.data and self.data[key] is None:
            return ()
        found = self.field(key, list)
        return tuple(_Value(self.source, (*found.path, number), each) for number, each in enumerate(found.data))

    def texts(self, key: str) -> tuple[str, ...]:
        for each in (found := self.items(key)):
            if not isinstance(each.data, str):
                raise each.refused(codes.WEIGHTS_LOCK_SHAPE, f"{each.name} must be text")
        return tuple(each.data for each in found)

    def refused(self, code: Code, message: str, help: str = _RESTORE) -> CompileError:
        return CompileError([code.at(place(self.source, self.path), message, help=help)])


def _json(source: Source) -> Any:
    try:
        return json.loads(source.text)
    except json.JSONDecodeError as error:
        span = source.whole().part(error.pos, error.pos + 1)
        message = f"weights.lock is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        raise CompileError([codes.WEIGHTS_LOCK_SYNTAX.at(span, message, help=_RESTORE)]) from None
    except RecursionError:
        message = "weights.lock is nested far deeper than any lock file"
        raise CompileError([codes.WEIGHTS_LOCK_SYNTAX.at(source.start(), message, help=_RESTORE)]) from None


def _weight(value: _Value) -> LockedWeight:
    name, target = value.text("name"), value.text("target")
    sources, imported_at = _sources(value)
    homes = tuple((_file(each), each) for each in value.items("files"))
    _check_names(value, [file.path for file, _ in homes])
    files = tuple(file for file, _ in homes)
    _check_set(value, files)
    layers = _layers(value, homes)
    return LockedWeight(WeightSet(name, target, files), sources, imported_at, value.digest("digest"), layers)


def _sources(value: _Value) -> tuple[tuple[LockedSource, ...], str]:
    """The sources and the time of import; earlier releases of cog had one `source`, with the time inside."""
    if value.has("sources"):
        return tuple(map(_source, value.items("sources"))), value.text("importedAt")
    only = value.field("source", dict)
    return (_source(only),), (only if only.has("importedAt") else value).text("importedAt")


def _source(value: _Value) -> LockedSource:
    source = WeightSource(value.text("uri"), value.texts("include"), value.texts("exclude"))
    return LockedSource(source, value.text("fingerprint"))


def _file(value: _Value) -> WeightFile:
    return WeightFile(value.text("path"), value.size("size"), value.digest("digest"))


def _layers(value: _Value, homes: Iterable[tuple[WeightFile, _Value]]) -> tuple[LayerFacts, ...]:
    """The layers with their files; every file has to name one of them."""
    entries: defaultdict[str, list[WeightFile]] = defaultdict(list)
    listed = tuple((each.digest("digest"), each) for each in value.items("layers"))
    known = frozenset(digest for digest, _ in listed)
    for file, written in homes:
        digest = written.digest("layer")
        if digest not in known:
            message = f"{written.name} is in the layer {digest}, which the file does not list"
            raise written.field("layer", str).refused(codes.WEIGHTS_LOCK_DIGEST, message)
        entries[digest].append(file)
    return tuple(_layer(digest, each, tuple(sorted(entries[digest], key=_path))) for digest, each in listed)


def _layer(digest: str, value: _Value, entries: tuple[WeightFile, ...]) -> LayerFacts:
    media_type = value.field("mediaType", str)
    if media_type.data not in MEDIA_TYPES.values():
        raise media_type.refused(
            codes.WEIGHTS_LOCK_SHAPE,
            f"{media_type.name} is no kind of layer that cogc reads: it takes tar, tar+gzip and raw",
        )
    return LayerFacts(digest, value.size("size"), media_type.data, value.size("sizeUncompressed"), entries)


def _path(file: WeightFile) -> str:
    return file.path


def _check_names(value: _Value, paths: list[str]) -> None:
    if bad := bad_names(paths):
        file = value.items("files")[paths.index(bad[0].path)]
        raise file.field("path", str).refused(codes.WEIGHT_FILE_NAME, f"weights.lock: the file {bad[0]}")


def _check_set(value: _Value, files: tuple[WeightFile, ...]) -> None:
    written = value.digest("setDigest")
    if (found := set_digest(files)) != written:
        message = f"{value.name} says it is the set {written}, but its files make {found}"
        raise value.field("setDigest", str).refused(codes.WEIGHTS_LOCK_DIGEST, message)


def _check_unique(root: _Value, found: tuple[LockedWeight, ...]) -> None:
    for name, count in Counter(each.name for each in found).items():
        if count > 1:
            message = f"weights.lock has the weights {name!r} {count} times"
            raise root.field("weights", list).refused(codes.WEIGHTS_LOCK_DIGEST, message)
