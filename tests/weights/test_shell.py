"""What docs/weights.md says of digests, done by hand."""

import hashlib
import json
import re
import subprocess
from pathlib import Path

from cogc.weights.packing import Policy

from .samples import TINY, set_of

PAGE = Path(__file__).parents[2] / "docs" / "weights.md"


def test_the_set_digest_by_hand(tmp_path: Path) -> None:
    for path, data in TINY.items():
        (tmp_path / "weights" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "weights" / path).write_bytes(data)
    (command,) = re.findall(r"^\$ (cd weights; .*)$", PAGE.read_text(), re.MULTILINE)
    told = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert f"sha256:{told.split()[0]}" == set_of(TINY).set_digest


def test_the_envelope_by_hand() -> None:
    _, _, told_there = PAGE.read_text().partition("`envelopeFormat` is")
    fields = re.findall(r"`(\w+)`\s\(`?(\w+)`?\)", told_there)
    told = {name: int(value) if value.isdigit() else value for name, value in fields}
    assert sorted(told) == list(told) == ["bundle", "bundles", "large", "layout", "producer", "revision"]
    text = json.dumps(told, separators=(",", ":"))
    assert Policy().envelope == "sha256:" + hashlib.sha256(text.encode()).hexdigest()
