"""The whole database, read again from an index: the new text of each file, and what is newer in the world."""

from collections.abc import Iterator
from dataclasses import dataclass

from packaging.version import Version

from ..compat import Compat
from .readers import READERS, Reader, Rows
from .release import Index
from .table import Row, merged

_TABLES = ("cuda_images", *(reader.table.name for reader in READERS))


@dataclass(frozen=True, slots=True)
class Newer:
    """A release that the index has and the database has not."""

    project: str
    known: str
    found: str


def rows_of(compat: Compat) -> Rows:
    return {name: tuple(row for _, row in compat.rows(name)) for name in _TABLES}


def readers_of(packages: tuple[str, ...]) -> tuple[Reader, ...]:
    """The readers of some packages, by the names that people install them by; of all without any."""
    return tuple(reader for reader in READERS if not packages or reader.project in packages)


def updated(index: Index, known: Rows, readers: tuple[Reader, ...], source: str) -> Iterator[tuple[str, str, str]]:
    """Name, old and new text of each file that changes; `source` is what changed rows say of their origin."""
    for reader in readers:
        table, rows = reader.table, known[reader.table.name]
        before, after = table.text(rows), table.text(merged(table, rows, reader.read(index, known), source))
        if before != after:
            yield f"{table.name}.jsonl", before, after


def newer(index: Index, known: Rows, readers: tuple[Reader, ...]) -> Iterator[Newer]:
    """One request a package; a package that has two tables is told once."""
    for project, reader in {reader.project: reader for reader in readers}.items():
        ours, theirs = _newest(reader, known[reader.table.name]), index.releases(project)
        if theirs and Version(theirs[-1].version) > Version(ours):
            yield Newer(project, ours, theirs[-1].version)


def _newest(reader: Reader, rows: tuple[Row, ...]) -> str:
    return max((str(row[reader.table.keys[0]]) for row in rows), key=Version)
