"""Tar bytes: those of Go's archive/tar, and what other readers make of them."""

import base64
import io
import json
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from cogc.weights.names import name_fault
from cogc.weights.packing import Layer
from cogc.weights.tar import END, Header, Padding, Payload, file_header, folder_header, layout, payload_offset, tar_size

from .samples import TINY, blob, files_of

# Made by go/main.go with Go 1.19; the format of archive/tar is a promise of Go's.
GO = [json.loads(line) for line in (Path(__file__).parent / "go" / "headers.jsonl").read_text().splitlines()]
LAYER = Layer("tar", tuple(sorted(files_of(TINY), key=lambda file: file.path)))


@pytest.mark.parametrize("entry", GO, ids=lambda entry: f"{entry['path'][:30]}-{len(entry['path'])}-{entry['size']}")
def test_headers_are_those_of_go(entry: dict[str, str | int | bool]) -> None:
    path, size = str(entry["path"]), int(entry["size"])
    found = folder_header(path) if entry["folder"] else file_header(path, size)
    assert found == base64.b64decode(str(entry["header"]))
    assert name_fault(path) == ""


def test_what_python_reads() -> None:
    with tarfile.open(fileobj=io.BytesIO(blob(LAYER, TINY))) as tar:
        members = tar.getmembers()
        found = {member.name: tar.extractfile(member).read() for member in members if member.isfile()}  # type: ignore[union-attr]  # a regular file can be read
    assert found == TINY
    assert [member.name for member in members if member.isdir()] == ["tokenizer", "unet"]
    assert {member.mode for member in members} == {0o755, 0o644}
    assert {(member.uid, member.gid, member.mtime, member.uname) for member in members} == {(0, 0, 0, "")}


def test_what_tar_reads(tmp_path: Path) -> None:
    tar = shutil.which("tar")
    assert tar, "the tar of the system has to be there for this test"
    subprocess.run([tar, "-x", "-f", "-", "-C", tmp_path], input=blob(LAYER, TINY), check=True)
    found = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == TINY


def test_offsets_lead_to_the_content() -> None:
    data = blob(LAYER, TINY)
    for file in LAYER.entries:
        start = payload_offset(LAYER, file)
        assert data[start : start + file.size] == TINY[file.path]
    assert len(data) == tar_size(LAYER)
    assert data.endswith(END)


def test_a_large_file_alone_begins_after_its_header() -> None:
    """A reader may write it in place, with no tar around it."""
    file = next(file for file in LAYER.entries if file.path == "unet/model.safetensors")
    alone = Layer("tar", (file,))
    assert payload_offset(alone, file) == 2 * 1536
    assert [type(segment) for segment in layout(alone)] == [Header, Header, Payload, Padding, Header]


def test_a_file_of_another_layer_has_no_offset() -> None:
    with pytest.raises(ValueError, match=r"config\.json is not in the layer"):
        payload_offset(Layer("tar", LAYER.entries[1:]), LAYER.entries[0])
