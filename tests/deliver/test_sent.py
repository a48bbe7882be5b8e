"""What a build sends: a file that only looks like the one that was sent before gets a time of its own."""

import os
from pathlib import Path

import pytest

from cogc.deliver.sent import sending


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "weights.bin"
    path.write_bytes(b"one")
    os.utime(path, (1000, 1000))
    return path


def _sent_time(project: Path, weights: Path) -> float:
    with sending(project) as sent:
        sent.folder.mkdir()
        sent.put(weights, sent.folder / "weights.bin")
        assert (sent.folder / "weights.bin").read_bytes() == weights.read_bytes()
        return (sent.folder / "weights.bin").stat().st_mtime


def test_what_nobody_touched_keeps_its_time(tmp_path: Path, weights: Path) -> None:
    assert [_sent_time(tmp_path, weights) for _ in range(3)] == [1000] * 3


def test_another_file_of_the_same_size_and_time(tmp_path: Path, weights: Path) -> None:
    _sent_time(tmp_path, weights)
    (tmp_path / "new").write_bytes(b"two")
    os.utime(tmp_path / "new", (1000, 1000))
    (tmp_path / "new").replace(weights)
    assert _sent_time(tmp_path, weights) > 1000
    assert _sent_time(tmp_path, weights) == 1000, "the engine has it now"


def test_another_content_in_the_same_file(tmp_path: Path, weights: Path) -> None:
    _sent_time(tmp_path, weights)
    weights.write_bytes(b"two")
    os.utime(weights, (1000, 1000))
    assert _sent_time(tmp_path, weights) > 1000


@pytest.mark.parametrize("text", ["", "{", "null"])
def test_a_record_that_cannot_be_read_means_a_new_folder(tmp_path: Path, weights: Path, text: str) -> None:
    with sending(tmp_path) as sent:
        first = sent.folder
    (first.parent / "sent.json").write_text(text)
    with sending(tmp_path) as sent:
        assert sent.folder != first
