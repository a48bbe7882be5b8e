"""What was read already: a file that did not change since is not read again."""

import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ..weights.layer import LayerFacts, facts
from ..weights.packing import Layer
from .store import Store, Stored

_WAIT_SECONDS = 60
_REVISION = 1
_TABLES = (
    """create table if not exists seen (
        place text, path text, version text, digest text, size integer, primary key (place, path)
    ) without rowid""",
    """create table if not exists held (
        digest text, host text, repository text, primary key (digest, host, repository)
    ) without rowid""",
    "create table if not exists layers (key text primary key, digest text, size integer, uncompressed text)",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A file of a source; `version` tells the content that was read from a later one."""

    path: str
    version: str
    stored: Stored


@dataclass(frozen=True, slots=True)
class Index:
    """Only a memory: one that is lost or damaged costs reading files again."""

    path: Path

    @classmethod
    def of(cls, store: Store) -> "Index":
        index = cls(store.root / "index.sqlite3")
        try:
            index._prepare()
        except sqlite3.DatabaseError:
            index.path.unlink(missing_ok=True)
            index._prepare()
        return index

    def of_place(self, place: str) -> dict[str, Seen]:
        """What is known of a source's files, by path."""
        query = "select path, version, digest, size from seen where place = ?"
        with closing(self._connected()) as database:
            rows = database.execute(query, (place,)).fetchall()
        return {path: Seen(path, version, Stored(digest, size)) for path, version, digest, size in rows}

    def remember(self, place: str, seen: Iterable[Seen]) -> None:
        rows = [(place, one.path, one.version, one.stored.digest, one.stored.size) for one in seen]
        self._change("insert or replace into seen values (?, ?, ?, ?, ?)", rows)

    def forget(self, digests: Iterable[str]) -> None:
        self._change("delete from seen where digest = ?", [(digest,) for digest in digests])

    def layer(self, layer: Layer) -> LayerFacts | None:
        """What a layer of this very content was digested to before."""
        with closing(self._connected()) as database:
            query = "select digest, size, uncompressed from layers where key = ?"
            row = database.execute(query, (_key(layer),)).fetchone()
        return None if row is None else facts(layer, *row)

    def remember_layer(self, layer: LayerFacts) -> None:
        row = (_key(layer.layer), layer.digest, layer.size, layer.uncompressed_digest)
        self._change("insert or replace into layers values (?, ?, ?, ?)", [row])

    def holders(self, host: str, digest: str) -> tuple[str, ...]:
        """Repositories of a registry that had a blob when they were last used."""
        query = "select repository from held where digest = ? and host = ? order by repository"
        with closing(self._connected()) as database:
            return tuple(repository for (repository,) in database.execute(query, (digest, host)))

    def remember_holder(self, host: str, repository: str, digests: Iterable[str]) -> None:
        rows = [(digest, host, repository) for digest in digests]
        self._change("insert or ignore into held values (?, ?, ?)", rows)

    def _prepare(self) -> None:
        for table in _TABLES:
            self._change(table)

    def _change(self, statement: str, rows: Iterable[tuple[str | int, ...]] = ((),)) -> None:
        with closing(self._connected()) as database, database:
            database.executemany(statement, rows)

    def _connected(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=_WAIT_SECONDS)


def _key(layer: Layer) -> str:
    """The revision is raised when the bytes of layers change though their files do not."""
    lines = "\n".join(f"{file.digest} {file.size} {file.path}" for file in layer.entries)
    return f"{_REVISION}:{layer.kind}:{hashlib.sha256(lines.encode()).hexdigest()}"
