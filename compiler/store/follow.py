"""Follow: the digest of a layer while its files come in, so that no file is read a second time for it."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

from ..weights.files import WeightFile
from ..weights.layer import LayerFacts, facts
from ..weights.packing import Layer
from ..weights.tar import Header, Padding, Payload, layout
from .receive import Follow


class Following:
    """A tar whose files are heard in the order of the layer; until then only their paths and sizes are known."""

    def __init__(self, layer: Layer) -> None:
        assert layer.kind != "tar+gzip", "a compressed layer is made of other bytes"
        self._layer = layer
        self._segments = layout(layer)
        self._whole, self._size = hashlib.sha256(), 0
        self._heard: list[WeightFile] = []
        self._to_content()

    def hear(self, chunk: bytes) -> None:
        self._whole.update(chunk)
        self._size += len(chunk)

    def ended(self, file: WeightFile) -> None:
        """The next file of the layer, all of whose content was heard. One without content has no place to wait at."""
        self._heard.append(file)
        if file.size:
            self._to_content()

    def facts(self) -> LayerFacts:
        """When all its files were heard."""
        layer = replace(self._layer, entries=tuple(self._heard))
        return facts(layer, f"sha256:{self._whole.hexdigest()}", self._size)

    def _to_content(self) -> None:
        """What lies between two contents."""
        for segment in self._segments:
            match segment:
                case Payload():
                    return
                case Header(content):
                    self.hear(content)
                case Padding(length):
                    self.hear(bytes(length))


@contextmanager
def beside(follow: Follow) -> Iterator[Follow]:
    """The same in a thread of its own, a chunk behind; it has heard all when this ends."""
    behind: list[Future[object]] = []
    with ThreadPoolExecutor(1) as thread:

        def heard(chunk: bytes) -> None:
            if behind:
                behind.pop().result()
            behind.append(thread.submit(follow, chunk))

        yield heard
