"""Manifests: the exact bytes that cog's own has, and two more over the same blobs."""

import hashlib
import json
from collections.abc import Callable, Iterable

import pytest

from cogc.weights.descriptor import Manifest
from cogc.weights.files import WeightSet, set_digest
from cogc.weights.index import Image, model_index, platform_index
from cogc.weights.layer import LayerFacts
from cogc.weights.manifest import weight_manifest, weight_tag
from cogc.weights.modelpack import modelpack_manifest, modelpack_tag
from cogc.weights.mountable import mountable_manifest, mountable_tag
from cogc.weights.packing import Policy

from .samples import SMALL, TINY, files_of, layers_of, set_of

BASE = set_of(TINY)
LAYERS = layers_of(TINY)


def test_the_set_digest_goes_by_the_hex() -> None:
    """`sha256sum * | sort | head -c -1 | sha256sum`, and not by the path as the text of cog says."""
    files = files_of({"a": b"2", "b": b"1"})
    lines = [f"{hashlib.sha256(data).hexdigest()}  {path}" for path, data in (("b", b"1"), ("a", b"2"))]
    assert lines == sorted(lines)
    assert lines != sorted(lines, key=lambda line: line.split("  ")[1])
    assert set_digest(files) == "sha256:" + hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_the_weight_manifest_in_bytes() -> None:
    content = {"model.bin": b"1" * 100, "a&b.json": b"{}"}
    manifest = weight_manifest(set_of(content), layers_of(content))
    assert manifest.content.decode() == MANIFEST
    assert manifest.config is not None
    assert manifest.config.content.decode() == CONFIG
    assert f'"digest":"{manifest.config.digest}"' in MANIFEST


# The order of keys, no blanks, and `&` as Go escapes it.
CONFIG = (
    r'{"name":"base","target":"/src/weights",'
    r'"setDigest":"sha256:0874f47b56169d31f868e80370e480fe4d8694b14caa8bf454fde3796c7d12a5",'
    r'"files":[{"path":"a\u0026b.json",'
    r'"layer":"sha256:c3490eafb6d4ce787f870521859cac699819a213840013e258f4a6245c4b2b73","size":2,'
    r'"digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"},{"path":"model.bin",'
    r'"layer":"sha256:f73922b81d1f97d06abb62fe980429274e4ce710398acc6a3b36c5753603126c","size":100,'
    r'"digest":"sha256:380b4863f69ebaacc794bfa1742a8a6ddc575e8cf0ded4341ab9da158881ea2d"}]}'
)
MANIFEST = (
    r'{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",'
    r'"artifactType":"application/vnd.cog.weight.v1",'
    r'"config":{"mediaType":"application/vnd.cog.weight.config.v1+json","size":531,'
    r'"digest":"sha256:ad5ce3a78763577b30b91e48ae4bc9f38bd9da77c6d921a01c2ec83346935f85"},'
    r'"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","size":3072,'
    r'"digest":"sha256:c3490eafb6d4ce787f870521859cac699819a213840013e258f4a6245c4b2b73",'
    r'"annotations":{"run.cog.weight.size.uncompressed":"2"}},{"mediaType":"application/vnd.oci.image.layer.v1.tar",'
    r'"size":3072,"digest":"sha256:f73922b81d1f97d06abb62fe980429274e4ce710398acc6a3b36c5753603126c",'
    r'"annotations":{"run.cog.weight.size.uncompressed":"100"}}],"annotations":{"run.cog.weight.name":"base",'
    r'"run.cog.weight.set-digest":"sha256:0874f47b56169d31f868e80370e480fe4d8694b14caa8bf454fde3796c7d12a5",'
    r'"run.cog.weight.target":"/src/weights"}}'
)


def modelpack(weights: WeightSet, layers: Iterable[LayerFacts]) -> Manifest:
    return modelpack_manifest(weights, layers)


def mountable(weights: WeightSet, layers: Iterable[LayerFacts]) -> Manifest:
    return mountable_manifest(weights, layers, "amd64")


MAKERS: tuple[Callable[[WeightSet, Iterable[LayerFacts]], Manifest], ...] = (weight_manifest, modelpack, mountable)


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("policy", [SMALL, Policy(large=64, bundle=100, bundles="tar+gzip")], ids=["tar", "gzip"])
def test_all_manifests_name_the_same_blobs(
    make: Callable[[WeightSet, Iterable[LayerFacts]], Manifest], policy: Policy
) -> None:
    layers = layers_of(TINY, policy)
    found = json.loads(make(BASE, layers).content)
    assert [(each["digest"], each["size"]) for each in found["layers"]] == sorted(
        (layer.digest, layer.size) for layer in layers
    )
    assert make(BASE, reversed(layers)) == make(BASE, layers)


def test_an_image_names_its_layers_by_what_is_in_them() -> None:
    """A blob that is not compressed has one digest for both."""
    layers = layers_of(TINY, Policy(large=64, bundle=100, bundles="tar+gzip"))
    config = mountable(BASE, layers).config
    assert config is not None
    diff_ids = json.loads(config.content)["rootfs"]["diff_ids"]
    assert len(diff_ids) == len(layers)
    assert set(diff_ids) & {layer.digest for layer in layers} == {
        layer.digest for layer in layers if layer.kind == "tar"
    }


def test_modelpack_tells_what_is_in_a_layer() -> None:
    content = {"config.json": b"{}", "README.md": b"# x", "model.gguf": b"g" * 80, "x/model.gguf": b"h" * 80}
    manifest = modelpack(set_of(content), layers_of(content, Policy(large=64, bundle=2)))
    found = json.loads(manifest.content)
    kinds = {layer["annotations"]["org.cncf.model.filepath"]: layer["mediaType"] for layer in found["layers"]}
    assert kinds == {
        "README.md": "application/vnd.cncf.model.doc.v1.tar",
        "config.json": "application/vnd.cncf.model.weight.config.v1.tar",
        "model.gguf": "application/vnd.cncf.model.weight.v1.tar",
        "x/model.gguf": "application/vnd.cncf.model.weight.v1.tar",
    }
    assert manifest.config is not None
    config = json.loads(manifest.config.content)
    assert config["descriptor"] == {"name": "base"}
    assert config["config"] == {"format": "gguf"}
    assert config["modelfs"]["diffIds"] == [layer["digest"] for layer in found["layers"]]


def test_raw_files_have_a_title_each() -> None:
    content = {"a/model.gguf": b"same", "b/model.gguf": b"same", "c.json": b"{}"}
    found = json.loads(modelpack(set_of(content), layers_of(content, Policy(layout="raw"))).content)
    titles = {layer["annotations"]["org.opencontainers.image.title"]: layer["digest"] for layer in found["layers"]}
    assert titles == {file.path: file.digest for file in files_of(content)}


def test_the_index_has_the_image_and_then_the_weights() -> None:
    image = Image("application/vnd.oci.image.manifest.v1+json", "sha256:" + "1" * 64, 1234, "arm64")
    index = json.loads(model_index([image], [(BASE, LAYERS)]).content)
    manifest = weight_manifest(BASE, LAYERS)
    assert index["manifests"] == [
        {"mediaType": image.media_type, "size": 1234, "digest": image.digest, "platform": platform("arm64", "linux")},
        {
            "mediaType": manifest.media_type,
            "size": manifest.size,
            "digest": manifest.digest,
            "annotations": {
                "run.cog.weight.name": "base",
                "run.cog.weight.set-digest": BASE.set_digest,
                "run.cog.weight.size.uncompressed": "1023",
            },
            "platform": platform("unknown", "unknown"),
            "artifactType": "application/vnd.cog.weight.v1",
        },
    ]


def test_one_mountable_image_for_several_architectures() -> None:
    manifests = [(name, mountable_manifest(BASE, LAYERS, name)) for name in ("amd64", "arm64")]
    index = json.loads(platform_index(manifests).content)
    assert [each["platform"]["architecture"] for each in index["manifests"]] == ["amd64", "arm64"]
    assert len({each["digest"] for each in index["manifests"]}) == 2
    assert len({json.dumps(json.loads(each.content)["layers"]) for _, each in manifests}) == 1


def test_tags_stand_beside_one_another() -> None:
    digest = BASE.set_digest.removeprefix("sha256:")[:12]
    tags = [weight_tag(BASE), modelpack_tag(BASE), mountable_tag(BASE)]
    assert tags == [f"cog-weight.base.{digest}", f"cogc-modelpack.base.{digest}", f"cogc-image.base.{digest}"]


def platform(architecture: str, os: str) -> dict[str, str]:
    return {"architecture": architecture, "os": os}
