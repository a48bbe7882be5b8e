"""Artifacts of a registry as sources: those of cog, of oras, and those that were made to do harm."""

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from cogc.ir.diagnostic import CompileError
from cogc.store.sources.artifact import ArtifactSource
from cogc.weights.layer import MEDIA_TYPES
from cogc.weights.manifest import CONFIG_TYPE

from ..registry.faulty import FaultyRegistry, running
from .folders import digest_of

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
EMPTY = "application/vnd.oci.empty.v1+json"
RAW = "application/octet-stream"
LAYER, DIGEST = "sha256:" + "1" * 64, "sha256:" + "2" * 64

Json = dict[str, Any]


@pytest.fixture
def registry() -> Iterator[FaultyRegistry]:
    with running() as found:
        yield found


def _pushed(registry: FaultyRegistry, config_type: str, config: bytes, layers: list[Json], **more: Any) -> str:
    """An artifact under the tag `v1`; gives its reference."""
    digest = registry.add("team/evil", config)
    described = {"mediaType": config_type, "digest": digest, "size": len(config), **more}
    content = json.dumps({"schemaVersion": 2, "config": described, "layers": layers}).encode()
    registry.manifests["team/evil", "v1"] = (MANIFEST, content)
    return f"{registry.host}/team/evil:v1"


def _paths(reference: str) -> list[tuple[str, int]]:
    with closing(ArtifactSource(reference, {"DOCKER_CONFIG": "/nonexistent"})) as source:
        return [(found.path, found.size) for found in source.inventory().files]


def _weights(registry: FaultyRegistry, *files: Json, layers: tuple[Json, ...] = (), **more: Any) -> str:
    config = json.dumps({"files": [{"layer": LAYER, "digest": DIGEST, "size": 5, **file} for file in files]})
    listed = [*layers] or [{"mediaType": MEDIA_TYPES["tar"], "digest": LAYER, "size": 2048}]
    return _pushed(registry, CONFIG_TYPE, config.encode(), listed, **more)


def test_weights(registry: FaultyRegistry) -> None:
    assert _paths(_weights(registry, {"path": "b"}, {"path": "a/c", "size": 7})) == [("a/c", 7), ("b", 5)]


@pytest.mark.parametrize("key", ["org.opencontainers.image.title", "org.cncf.model.filepath"])
def test_files_that_are_layers(registry: FaultyRegistry, key: str) -> None:
    """As `oras push` and ModelPack's raw layers are."""
    layers = [{"mediaType": RAW, "digest": DIGEST, "size": 9, "annotations": {key: "sub/model.bin"}}]
    assert _paths(_pushed(registry, EMPTY, b"{}", layers)) == [("sub/model.bin", 9)]


BAD_NAMES = ["../evil", "/etc/passwd", "a/../../b", "a\\b", "a//b", "", ".cog/ready", "a\nb", "a\x00b", "x" * 300]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_names_that_lead_out(registry: FaultyRegistry, name: str) -> None:
    with pytest.raises(CompileError) as told:
        _paths(_weights(registry, {"path": name}))
    assert [found.code.id for found in told.value.diagnostics] == ["weight-file-name"]


FILES: dict[str, tuple[tuple[Json, ...], str]] = {
    "twice": (({"path": "a"}, {"path": "a"}), "weight-file-name"),
    "file-and-folder": (({"path": "a"}, {"path": "a/b"}), "weight-file-name"),
    "negative-size": (({"path": "a", "size": -1},), "weight-file-digest"),
    "no-digest": (({"path": "a", "digest": "md5:1"},), "weight-file-digest"),
    "digest-that-is-a-path": (({"path": "a", "digest": "sha256:../../../etc/x"},), "weight-file-digest"),
    "size-that-is-no-number": (({"path": "a", "size": "many"},), "weight-source-answer"),
    "a-layer-that-is-not-there": (({"path": "a", "layer": DIGEST},), "weight-source-answer"),
    "no-path": (({},), "weight-source-answer"),
}


@pytest.mark.parametrize("case", FILES)
def test_lists_that_lie(registry: FaultyRegistry, case: str) -> None:
    files, code = FILES[case]
    with pytest.raises(CompileError) as told:
        _paths(_weights(registry, *files))
    assert {found.code.id for found in told.value.diagnostics} == {code}


LAYERS: dict[str, Json] = {
    "of-an-unknown-kind": {"mediaType": "application/x-evil", "digest": LAYER, "size": 1},
    "zstd": {"mediaType": "application/vnd.oci.image.layer.v1.tar+zstd", "digest": LAYER, "size": 1},
    "digest-that-is-a-path": {"mediaType": MEDIA_TYPES["tar"], "digest": "sha256:../../../evil", "size": 1},
    "without-a-digest": {"mediaType": MEDIA_TYPES["tar"], "size": 1},
}


@pytest.mark.parametrize("case", LAYERS)
def test_layers_that_cannot_be_read(registry: FaultyRegistry, case: str) -> None:
    with pytest.raises(CompileError) as told:
        _paths(_weights(registry, {"path": "a"}, layers=(LAYERS[case],)))
    assert [found.code.id for found in told.value.diagnostics] == ["weight-source-answer"]


@pytest.mark.parametrize("size", [-1, 1 << 40])
def test_a_configuration_of_an_impossible_size(registry: FaultyRegistry, size: int) -> None:
    with pytest.raises(CompileError, match="impossible size"):
        _paths(_weights(registry, {"path": "a"}, size=size))
    assert registry.count("GET /v2/team/evil/blobs") == 0, "it is not even asked for"


def test_a_configuration_that_was_changed(registry: FaultyRegistry) -> None:
    reference = _weights(registry, {"path": "a"})
    registry.blobs = {key: content.replace(b'"a"', b'"b"') for key, content in registry.blobs.items()}
    with pytest.raises(CompileError) as told:
        _paths(reference)
    assert [found.code.id for found in told.value.diagnostics] == ["blob-mismatch"]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"config": []}', b'{"config": {"mediaType": "x"}}', b"\xff"])
def test_manifests_without_sense(registry: FaultyRegistry, content: bytes) -> None:
    registry.manifests["team/evil", "v1"] = (MANIFEST, content)
    with pytest.raises(CompileError) as told:
        _paths(f"{registry.host}/team/evil:v1")
    assert [found.code.id for found in told.value.diagnostics] == ["weight-source-answer"]


def test_tars_whose_files_nobody_lists(registry: FaultyRegistry) -> None:
    layers = [{"mediaType": MEDIA_TYPES["tar"], "digest": digest_of(b""), "size": 0}]
    with pytest.raises(CompileError, match="a layer whose files it does not list"):
        _paths(_pushed(registry, EMPTY, b"{}", layers))
