"""Golden cases: a folder each under golden/GROUP/, with the input and, beside it, what is expected."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from syrupy.data import SnapshotCollections
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

GOLDEN = Path(__file__).parent.parent / "golden"


def cases(*groups: str) -> list[str]:
    """`GROUP/CASE` of every golden case, of all groups or of those named."""
    folders = (folder for folder in GOLDEN.glob("*/*") if folder.is_dir())
    names = (folder.relative_to(GOLDEN).as_posix() for folder in folders)
    return sorted(name for name in names if not groups or name.split("/")[0] in groups)


class GoldenExtension(SingleFileSnapshotExtension):
    """One plain text file per expectation; its path under golden/ is the snapshot's name."""

    _write_mode = WriteMode.TEXT
    file_extension = ""

    @classmethod
    def get_location(cls, *, test_location: Any, index: Any) -> str:
        return str(GOLDEN / index)

    @classmethod
    def matches_test_location(cls, *, test_location: Any, snapshot_location: str) -> bool:
        """True: the place says nothing about the test that made it."""
        return True

    def discover_snapshots(self, **_: Any) -> SnapshotCollections:
        """Nothing: syrupy would take live files of other tests for unused ones."""
        return SnapshotCollections()


class Golden:
    """Compares what a case gave with the files beside its input; `--snapshot-update` writes them."""

    def __init__(self, snapshot: Any, *, update: bool) -> None:
        self._snapshot = snapshot
        self._update = update

    def check(self, case: str, found: Mapping[str, str], *, inputs: frozenset[str] = frozenset({"input"})) -> None:
        """`found` maps file names to texts; a file that is expected but was not found is a failure."""
        stale = {path.name for path in (GOLDEN / case).iterdir()} - found.keys() - inputs
        if self._update:
            for name in stale:
                (GOLDEN / case / name).unlink()
            stale = set()
        assert not stale, f"golden/{case} expects files that were not made: {', '.join(sorted(stale))}"
        for name, text in found.items():
            assert text == self._snapshot(name=f"{case}/{name}"), f"golden/{case}/{name}"
