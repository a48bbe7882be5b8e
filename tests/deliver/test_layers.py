"""Layers as two builders write them, and the one way in which they are told."""

import io
import tarfile
from collections.abc import Iterable

import pytest

from cogc.deliver.layers import Tree, read_layer, write_layer

EPOCH = 1_700_000_000
NOW = EPOCH + 1000
Entry = tuple[str, int, str | None]  # name, time, content: None for a folder

BELOW: tuple[Entry, ...] = (
    ("etc", 5, None), ("etc/issue", 5, "hello"), ("etc/old", 5, "old"), ("tmp", 5, None), ("tmp/x", 5, "x"),
)  # fmt: skip


def _layer(entries: Iterable[Entry]) -> io.BytesIO:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name, time, content in entries:
            member = tarfile.TarInfo(name)
            member.mtime, member.uname = time, "somebody"
            member.type = tarfile.DIRTYPE if content is None else tarfile.REGTYPE
            member.size = len(content or "")
            archive.addfile(member, io.BytesIO((content or "").encode()))
    made.seek(0)
    return made


def _told(*entries: Entry) -> tuple[str, list[tuple[str, int]]]:
    """The digest, and names and times, of a layer above `BELOW`."""
    tree, written = Tree(), io.BytesIO()
    read_layer(_layer(BELOW), tree)
    digest = write_layer(_layer(entries), tree, EPOCH, written)
    written.seek(0)
    with tarfile.open(fileobj=written) as archive:
        return digest, [(member.name, int(member.mtime)) for member in archive]


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([("new", NOW, "1")], [("new", EPOCH)]),
        ([("new", 7, "1")], [("new", 7)]),
        ([("./b", 7, "1"), ("a", 7, "2")], [("a", 7), ("b", 7)]),
        ([("etc", NOW, None), ("etc/issue", NOW, "hello")], []),
        ([("etc/issue", NOW, "good day")], [("etc/issue", EPOCH)]),
        ([("etc/.wh.old", NOW, "")], [("etc/.wh.old", 0)]),
        ([("etc/.wh.nothing", NOW, "")], []),
        ([("fresh", NOW, None), ("fresh/.wh..wh..opq", NOW, "")], [("fresh", EPOCH)]),
        ([("tmp/.wh..wh..opq", NOW, ""), ("tmp/x", NOW, "x")], [("tmp/.wh..wh..opq", 0), ("tmp/x", EPOCH)]),
    ],
    ids=[
        "a newer file", "an older one", "the order", "what is there already", "another content", "what is gone",
        "what was never there", "a new folder that hides nothing", "a folder that is emptied and filled again",
    ],
)  # fmt: skip
def test_a_layer(entries: list[Entry], told: list[tuple[str, int]]) -> None:
    assert _told(*entries)[1] == told


def test_habits_of_builders_change_no_byte() -> None:
    one = _told(("etc", NOW, None), ("etc/.wh.old", NOW, ""), ("a", NOW, "1"))
    other = _told(("a", NOW + 5, "1"), ("etc/.wh.old", 3, ""))
    assert one == other
