"""Layers out of the store: their bytes, made again whenever they are wanted, and their digests."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ..ir.codes.store import WEIGHTS_MISSING
from ..ir.diagnostic import CompileError
from ..weights.files import WeightFile
from ..weights.layer import LayerFacts, facts
from ..weights.packing import Layer
from ..weights.stream import Chunks, layer_bytes, tar_bytes
from .receive import Advance
from .store import Store

_BLOCK = 1 << 20
_ENOUGH = 128 << 10


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads the files of layers; raises CompileError (`weights-missing`) for one that the store has not."""

    store: Store

    def __call__(self, file: WeightFile, offset: int) -> Iterator[bytes]:
        try:
            with self.store.path_of(file.digest).open("rb", buffering=0) as content:
                content.seek(offset)
                while block := content.read(_BLOCK):
                    yield block
        except FileNotFoundError as error:
            message = f"{file.path} is neither in the registry nor on this machine"
            help = "import the weights where their source can be read: `cogc weights import`"
            raise CompileError([WEIGHTS_MISSING.bare(message, help=help)]) from error


class LayerStream:
    """A layer as a file that is read once, from an offset on. What thousands of small files give is read together."""

    def __init__(self, chunks: Chunks) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; blank at the end."""
        if not self._rest:
            self._rest = memoryview(self._next())
        block, self._rest = self._rest[:size], self._rest[size:]
        return bytes(block)

    def _next(self) -> bytes:
        """A piece as it is where it is large, else several; blank at the end."""
        pieces, size = [], 0
        for piece in self._chunks:
            pieces.append(piece)
            size += len(piece)
            if size >= _ENOUGH:
                break
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def close(self) -> None:
        close = getattr(self._chunks, "close", None)
        if close is not None:
            close()


def opener(store: Store, layer: Layer) -> Callable[[int], LayerStream]:
    return lambda offset: LayerStream(layer_bytes(layer, Reading(store), offset))


def digested(store: Store, layer: Layer, advance: Advance) -> LayerFacts:
    """Reads all files of the layer. Raises CompileError (`weights-missing`), ShortFileError."""
    digest, size = _digest(layer_bytes(layer, Reading(store)), advance)
    if layer.kind != "tar+gzip":
        return facts(layer, digest, size)
    uncompressed, _ = _digest(tar_bytes(layer, Reading(store)), lambda count: None)
    return facts(layer, digest, size, uncompressed)


def _digest(chunks: Chunks, advance: Advance) -> tuple[str, int]:
    whole, size = hashlib.sha256(), 0
    for chunk in chunks:
        whole.update(chunk)
        size += len(chunk)
        advance(len(chunk))
    return f"sha256:{whole.hexdigest()}", size


def uncompressed(store: Store, layer: LayerFacts) -> LayerFacts:
    """The layer with the digest of the tar in it, for which a compressed one is read where nobody noted it."""
    if layer.kind != "tar+gzip" or layer.uncompressed_digest:
        return layer
    digest, _ = _digest(tar_bytes(layer.layer, Reading(store)), lambda count: None)
    return replace(layer, uncompressed_digest=digest)
