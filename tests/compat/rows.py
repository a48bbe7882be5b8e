"""The database as it stands in the files, read without the compiler's own loader."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "compat"
FILES = sorted(path.stem for path in FOLDER.glob("*.jsonl"))
Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text().splitlines()]
