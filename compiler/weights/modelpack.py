"""The ModelPack manifest (CNCF model-spec) over the blobs that the weight manifest names, too."""

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from .canonical import compact
from .descriptor import OCI_MANIFEST, Blob, Manifest, descriptor
from .digest import short
from .files import WeightSet
from .layer import LayerFacts
from .manifest import by_digest

ARTIFACT_TYPE = "application/vnd.cncf.model.manifest.v1+json"
CONFIG_TYPE = "application/vnd.cncf.model.config.v1+json"
FILEPATH = "org.cncf.model.filepath"
TITLE = "org.opencontainers.image.title"

_FORMATS = {".safetensors": "safetensors", ".gguf": "gguf", ".onnx": "onnx", ".pt": "pt", ".pth": "pt"}
_CONFIGS = frozenset({".json", ".jsonl", ".yaml", ".yml", ".toml", ".txt", ".model", ".vocab"})
_DOCS = frozenset({".md", ".rst", ".pdf"})
_DOC_NAMES = frozenset({"license", "notice", "readme"})


def modelpack_manifest(weights: WeightSet, layers: Iterable[LayerFacts]) -> Manifest:
    """Needs the digest of the tar in every compressed layer.

    A layer of one file says its path; readers unpack the others by the names in the tar.
    """
    ordered = by_digest(layers)
    config = _config(weights, ordered)
    content = {
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "artifactType": ARTIFACT_TYPE,
        "config": descriptor(config.media_type, config.size, config.digest),
        "layers": [each for layer in ordered for each in _descriptors(layer)],
    }
    return Manifest(OCI_MANIFEST, compact(content), ARTIFACT_TYPE, config)


def modelpack_tag(weights: WeightSet) -> str:
    return f"cogc-modelpack.{weights.name}.{short(weights.set_digest)}"


def _config(weights: WeightSet, layers: Iterable[LayerFacts]) -> Blob:
    formats = {_FORMATS[suffix] for file in weights.files if (suffix := _suffix(file.path)) in _FORMATS}
    content = {
        "descriptor": {"name": weights.name},
        "config": {"format": formats.pop()} if len(formats) == 1 else {},
        "modelfs": {"type": "layers", "diffIds": [layer.diff_id for layer in layers for _ in _descriptors(layer)]},
    }
    return Blob(CONFIG_TYPE, compact(content))


def _descriptors(layer: LayerFacts) -> tuple[dict[str, Any], ...]:
    """One for each file that a raw layer is; else a single one."""
    if layer.kind == "raw":
        return tuple(_descriptor(layer, {FILEPATH: file.path, TITLE: file.path}) for file in layer.entries)
    return (_descriptor(layer, {FILEPATH: layer.entries[0].path} if len(layer.entries) == 1 else {}),)


def _descriptor(layer: LayerFacts, annotations: dict[str, str]) -> dict[str, Any]:
    return descriptor(_media_type(layer), layer.size, layer.digest, annotations)


def _media_type(layer: LayerFacts) -> str:
    """By what is in the layer: the weights, unless every file is a configuration, or every file a document."""
    contents = {_content(file.path) for file in layer.entries}
    content = contents.pop() if len(contents) == 1 else "weight"
    return f"application/vnd.cncf.model.{content}.v1.{layer.kind}"


def _content(path: str) -> str:
    if _suffix(path) in _DOCS or PurePosixPath(path).stem.lower() in _DOC_NAMES:
        return "doc"
    return "weight.config" if _suffix(path) in _CONFIGS else "weight"


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()
