"""The command of docs/weights.md gives the digest that the lock file has."""

import re
import subprocess
from pathlib import Path

from .samples import TINY, set_of

PAGE = Path(__file__).parents[2] / "docs" / "weights.md"


def test_the_set_digest_by_hand(tmp_path: Path) -> None:
    for path, data in TINY.items():
        (tmp_path / "weights" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "weights" / path).write_bytes(data)
    (command,) = re.findall(r"^\$ (cd weights; .*)$", PAGE.read_text(), re.MULTILINE)
    told = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert f"sha256:{told.split()[0]}" == set_of(TINY).set_digest
