"""Sets of weights whose content is known, and the layers that they make."""

from collections.abc import Iterator, Mapping

from cogc.weights.digest import digest_of
from cogc.weights.files import WeightFile, WeightSet
from cogc.weights.layer import LayerFacts, facts
from cogc.weights.packing import Layer, Policy, pack
from cogc.weights.stream import Chunks, layer_bytes, tar_bytes

Content = Mapping[str, bytes]

SMALL = Policy(large=64, bundle=100)
TINY: Content = {
    "config.json": b'{"layers": 2}\n',
    "tokenizer/vocab.json": b'{"a": 1}\n',
    "unet/model.safetensors": b"u" * 1000,
    "unet/empty": b"",
}


def files_of(content: Content) -> tuple[WeightFile, ...]:
    return tuple(WeightFile(path, len(data), digest_of(data)) for path, data in content.items())


def set_of(content: Content, name: str = "base", target: str = "/src/weights") -> WeightSet:
    return WeightSet(name, target, files_of(content))


class Reader:
    """Gives the files' bytes, in pieces of three, and keeps which ones it was asked for."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.asked: list[tuple[str, int]] = []

    def __call__(self, file: WeightFile, offset: int) -> Chunks:
        self.asked.append((file.path, offset))
        data = self.content[file.path]
        return (data[place : place + 3] for place in range(offset, len(data), 3))


def blob(layer: Layer, content: Content) -> bytes:
    return b"".join(layer_bytes(layer, Reader(content)))


def layers_of(content: Content, policy: Policy = SMALL) -> tuple[LayerFacts, ...]:
    return tuple(_digested(content, policy))


def _digested(content: Content, policy: Policy) -> Iterator[LayerFacts]:
    for layer in pack(files_of(content), policy):
        data = blob(layer, content)
        inner = digest_of(b"".join(tar_bytes(layer, Reader(content)))) if layer.kind == "tar+gzip" else ""
        yield facts(layer, digest_of(data), len(data), inner)
