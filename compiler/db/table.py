"""Tables of the database: a file of rows, its key and order, and how new rows are merged into it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from packaging.version import Version

Row = dict[str, Any]
OLDEST_PYTHON = "3.8"


@dataclass(frozen=True, slots=True)
class Table:
    """`name` is the file's. A row's key are the versions under `keys`; `needed` are the columns that each row has."""

    name: str
    keys: tuple[str, ...]
    needed: tuple[str, ...]
    columns: tuple[str, ...]

    def key(self, row: Row) -> tuple[Version, ...]:
        return tuple(Version(row.get(name, "0")) for name in self.keys)

    def text(self, rows: Iterable[Row]) -> str:
        """The file: one row a line, in the order of the keys."""
        return "".join(f"{json.dumps(self._ordered(row))}\n" for row in rows)

    def _ordered(self, row: Row) -> Row:
        return {**{name: row[name] for name in self.columns if name in row}, **row}


TORCH = Table(
    "torch",
    ("torch", "cuda"),
    ("cuda", "torchvision", "python"),
    (
        *("torch", "cuda", "local", "torchvision", "torchaudio", "index", "links", "python", "python_alone"),
        *("assumed", "without_image", "note", "source"),
    ),
)
TORCH_WHEELS = Table(
    "torch_wheels", ("torch",), ("cuda", "cudnn"), ("torch", "cuda", "cudnn", "python", "note", "source")
)
TENSORFLOW = Table(
    "tensorflow",
    ("tensorflow",),
    ("cuda", "cudnn"),
    ("tensorflow", "cuda", "cudnn", "python", "extra", "without_image", "note", "source"),
)
JAX = Table("jax", ("jax", "cuda"), ("cuda", "cudnn"), ("jax", "cuda", "cudnn", "python", "extras", "note", "source"))
ONNXRUNTIME = Table(
    "onnxruntime",
    ("onnxruntime-gpu",),
    ("cuda", "cudnn"),
    ("onnxruntime-gpu", "cuda", "cudnn", "python", "extras", "note", "source"),
)


def merged(table: Table, known: tuple[Row, ...], found: Iterable[Row], source: str) -> tuple[Row, ...]:
    """The known rows with what was found, in order; rows that the index does not have stay as they are.

    A row that changes, or is new, is of this `source`. A new row that lacks what each row has is left out.
    """
    rows = {table.key(row): row for row in known}
    for row in found:
        before = rows.get(table.key(row), {})
        after = {**before, **row, "python": [*_gone(before), *row["python"]]}
        if after != before and all(name in after for name in table.needed):
            rows[table.key(row)] = {**after, "source": source}
    return tuple(rows[key] for key in sorted(rows))


def _gone(row: Row) -> list[str]:
    """The Pythons that were given up long ago: the row may have them, no reader looks for them."""
    return [python for python in row.get("python", ()) if Version(python) < Version(OLDEST_PYTHON)]
