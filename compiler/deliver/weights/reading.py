"""Reading: the files that nobody knows yet, from their sources into the store, each once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from ...registry.stop import Stop
from ...store.bring import bring
from ...store.follow import Following, beside
from ...store.index import Index, Seen
from ...store.pack import together
from ...store.receive import UNKNOWN, Expected, Follow, receive, unfollowed
from ...store.sources.artifact import ArtifactSource
from ...store.sources.folder import FolderSource
from ...store.sources.source import Found
from ...store.store import Store, Stored
from ...weights.files import WeightFile, check_paths
from ...weights.packing import Layer, pack
from .looking import Importer, Share
from .work import side_by_side

Files = dict[str, WeightFile]


@dataclass(frozen=True, slots=True)
class _Unread:
    """A file of a source, and where it is noted once it is in the store."""

    share: Share
    found: Found
    files: Files

    @property
    def expected(self) -> Expected:
        found = self.found
        key = f"{self.share.source.place}\n{found.path}\n{found.version}" if found.version else ""
        return Expected(found.path, found.size, found.digest, key)

    def read(self, offset: int) -> Iterator[bytes]:
        return self.share.source.read(self.found, offset)

    def stored(self, stored: Stored) -> WeightFile:
        return WeightFile(self.found.path, stored.size, stored.digest)

    def note(self, file: WeightFile) -> None:
        self.files[file.path] = file


def read_all(importer: Importer, name: str, shares: tuple[Share, ...]) -> tuple[Files, ...]:
    """The files that had to be read for the weights of a name, a mapping for each source.

    Raises CompileError; what was read by then is kept.
    """
    read: tuple[Files, ...] = tuple(_brought(importer, share) for share in shares)
    unread = {
        found.path: _Unread(share, found, files)
        for share, files in zip(shares, read, strict=True)
        for found in share.unread
        if found.path not in files
    }
    if unread:
        check_paths(name, (found.path for share in shares for found in share.inventory.files))
    stop = Stop()
    try:
        side_by_side(_tasks(importer, shares, unread, stop), stop)
    finally:
        for share, files in zip(shares, read, strict=True):
            _remember(importer.store, share, dict(files))
    return read


def _tasks(
    importer: Importer, shares: tuple[Share, ...], unread: Mapping[str, _Unread], stop: Stop
) -> Iterator[Callable[[], None]]:
    """Layers that can be digested while their files come in; then the other files, the largest first."""
    left = dict(unread)
    for layer in sorted(_followed(importer, shares, unread), key=lambda layer: -layer.content_size):
        yield partial(_read_layer, importer, layer, [left.pop(file.path) for file in layer.entries], stop)
    for each in sorted(left.values(), key=lambda each: -each.found.size):
        yield partial(_read, importer, each, stop)


def _followed(importer: Importer, shares: tuple[Share, ...], unread: Mapping[str, _Unread]) -> Iterator[Layer]:
    """Those of which every file is still to be read. Files of the network share no task: they come side by side."""
    found = [found for share in shares for found in share.inventory.files]
    if any(each.size == UNKNOWN for each in found) or importer.policy.layout == "raw":
        return
    for layer in pack((WeightFile(each.path, each.size, each.digest) for each in found), importer.policy):
        sources = [unread[file.path].share.source for file in layer.entries if file.path in unread]
        is_near = len(sources) == 1 or all(isinstance(source, FolderSource) for source in sources)
        if len(sources) == len(layer.entries) and layer.kind == "tar" and is_near:
            yield layer


def _read_layer(importer: Importer, layer: Layer, unread: list[_Unread], stop: Stop) -> None:
    following = Following(layer)
    if len(unread) == 1:
        with beside(following.hear) as follow:
            file = _received(importer, unread[0], stop, follow)
        following.ended(file)
    else:
        _read_bundle(importer, following, unread, stop)
    Index.of(importer.store).remember_layer(following.facts())


def _read_bundle(importer: Importer, following: Following, unread: list[_Unread], stop: Stop) -> None:
    """Small files, one after the other; they are noted when they have their names."""
    read: list[WeightFile] = []
    try:
        with together(importer.store) as pack:
            for each in unread:
                advance = importer.meter.advancer(each.found.path, stop)
                read.append(each.stored(pack.take(each.expected, each.read, advance, following.hear)))
                following.ended(read[-1])
    finally:
        for each, file in zip(unread, read, strict=False):
            each.note(file)


def _read(importer: Importer, unread: _Unread, stop: Stop) -> None:
    _received(importer, unread, stop, unfollowed)


def _received(importer: Importer, unread: _Unread, stop: Stop, follow: Follow) -> WeightFile:
    advance = importer.meter.advancer(unread.found.path, stop)
    file = unread.stored(receive(importer.store, unread.expected, unread.read, advance, follow))
    unread.note(file)
    return file


def _brought(importer: Importer, share: Share) -> Files:
    """Files of an artifact come with those of their layer."""
    if not isinstance(share.source, ArtifactSource):
        return {}
    unread = {found.path for found in share.unread}
    needed = tuple(each for each in share.source.layers if any(file.path in unread for file in each.layer.entries))
    bring(importer.store, share.source.origin, needed, importer.meter.watch)
    return {file.path: file for each in needed for file in each.layer.entries if file.path in unread}


def _remember(store: Store, share: Share, files: Mapping[str, WeightFile]) -> None:
    versions = {found.path: found.version for found in share.inventory.files}
    stored = {path: Stored(file.digest, file.size) for path, file in files.items() if versions[path]}
    seen = (Seen(path, versions[path], one) for path, one in stored.items())
    Index.of(store).remember(share.source.place, seen)
