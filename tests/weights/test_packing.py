"""Packing: every file in one layer, the same layers on any machine, and bytes that can be made again from anywhere."""

import gzip
import io
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cogc.weights.digest import digest_of
from cogc.weights.files import WeightFile
from cogc.weights.names import bad_names
from cogc.weights.packing import MIB, Layer, Policy, pack
from cogc.weights.stream import ShortFileError, layer_bytes
from cogc.weights.tar import tar_size

from .samples import SMALL, TINY, Content, Reader, blob, files_of

PARTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="/\\"), min_size=1, max_size=90
)
PATHS = st.lists(PARTS, min_size=1, max_size=4).map("/".join)
CONTENTS = st.dictionaries(PATHS, st.binary(max_size=700), max_size=12).filter(lambda content: not bad_names(content))
POLICIES = st.builds(
    Policy,
    large=st.integers(1, 300),
    bundle=st.integers(1, 900),
    bundles=st.sampled_from(["tar", "tar+gzip"]),
    layout=st.sampled_from(["tar", "raw"]),
)


def sized(path: str, size: int) -> WeightFile:
    return WeightFile(path, size, digest_of(path.encode()))


@pytest.mark.parametrize(
    ("sizes", "groups"),
    [
        ({}, []),
        ({"a": 1, "b": 2}, ["a b"]),
        ({"b": 64 * MIB - 1, "a": 64 * MIB}, ["b", "a"]),
        ({f"f{number}": 60 * MIB for number in range(9)}, ["f0 f1 f2 f3", "f4 f5 f6 f7", "f8"]),
        ({"z": 300 * MIB, "m": 1, "a": 100 * MIB}, ["m", "a", "z"]),
        ({"a": 0, "b": 0}, ["a b"]),
    ],
)
def test_the_default_policy(sizes: dict[str, int], groups: list[str]) -> None:
    layers = pack((sized(path, size) for path, size in sizes.items()), Policy())
    assert [" ".join(file.path for file in layer.entries) for layer in layers] == groups
    assert {layer.kind for layer in layers} <= {"tar"}


def test_a_small_file_may_be_too_big_for_a_bundle() -> None:
    policy = Policy(large=100, bundle=10)
    assert [layer.content_size for layer in pack([sized("a", 50), sized("b", 1), sized("c", 50)], policy)] == [
        50,
        1,
        50,
    ]


def test_equal_files_are_one_raw_layer() -> None:
    files = files_of({"a": b"same", "b/a": b"same", "c": b"other"})
    layers = pack(files, Policy(layout="raw"))
    assert [[file.path for file in layer.entries] for layer in layers] == [["a", "b/a"], ["c"]]
    assert blob(layers[0], {"a": b"same"}) == b"same"


@given(CONTENTS, POLICIES)
def test_every_file_is_in_one_layer_and_comes_back(content: Content, policy: Policy) -> None:
    layers = pack(files_of(content), policy)
    assert sorted(file.path for layer in layers for file in layer.entries) == sorted(content)
    found = {path: data for layer in layers for path, data in unpacked(layer, blob(layer, content)).items()}
    assert found == content


@settings(max_examples=25)
@given(CONTENTS)
def test_the_systems_tar_reads_every_layer(content: Content) -> None:
    tar = shutil.which("tar")
    assert tar, "the tar of the system has to be there for this test"
    with tempfile.TemporaryDirectory() as folder:
        for layer in pack(files_of(content), SMALL):
            subprocess.run([tar, "-x", "-f", "-", "-C", folder], input=blob(layer, content), check=True)
        files = (path for path in Path(folder).rglob("*") if path.is_file())
        assert {path.relative_to(folder).as_posix(): path.read_bytes() for path in files} == content


@given(CONTENTS, POLICIES)
def test_the_order_of_the_files_does_not_count(content: Content, policy: Policy) -> None:
    files = files_of(content)
    shuffled = sorted(files, key=lambda file: file.digest)
    assert pack(files, policy) == pack(shuffled, policy) == pack(reversed(files), policy)


@given(CONTENTS, POLICIES, st.integers(0, 4000))
def test_bytes_from_any_offset(content: Content, policy: Policy, offset: int) -> None:
    for layer in pack(files_of(content), policy):
        whole = blob(layer, content)
        assert b"".join(layer_bytes(layer, Reader(content), offset)) == whole[offset:]
        assert layer.kind == "tar+gzip" or len(whole) == tar_size(layer)


def test_files_before_the_offset_are_not_read() -> None:
    (layer,) = pack(files_of(TINY), Policy())
    reader = Reader(TINY)
    list(layer_bytes(layer, reader, tar_size(layer) - 1100))
    assert reader.asked == [("unet/model.safetensors", 1000 - (1100 - 1024 - 24))]


def test_gzip_has_no_time_and_no_name() -> None:
    layer = Layer("tar+gzip", files_of({"a": b"x" * 100}))
    data = blob(layer, {"a": b"x" * 100})
    assert data[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03"
    assert gzip.decompress(data) == blob(replace(layer, kind="tar"), {"a": b"x" * 100})


@pytest.mark.parametrize("now", [b"", b"x" * 999, b"x" * 1001])
def test_a_file_that_changed_stops_the_stream(now: bytes) -> None:
    file = files_of({"model.bin": b"x" * 1000})
    with pytest.raises(ShortFileError, match=r"model\.bin has \d+ bytes now, not 1000"):
        list(layer_bytes(Layer("tar", file), Reader({"model.bin": now})))


def test_the_envelope_tells_policies_apart() -> None:
    others = (replace(SMALL, large=1), replace(SMALL, bundle=1), replace(SMALL, bundles="tar+gzip"), Policy())
    envelopes = {policy.envelope for policy in (SMALL, *others)}
    assert len(envelopes) == 5
    assert Policy().envelope == Policy().envelope


def unpacked(layer: Layer, data: bytes) -> Content:
    if layer.kind == "raw":
        return {file.path: data for file in layer.entries}
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar if member.isfile()}  # type: ignore[union-attr]  # a regular file can be read
