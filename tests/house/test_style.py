"""House rules that no linter knows."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST_FILE = 300
FILES = sorted([*ROOT.glob("compiler/**/*.py"), *ROOT.glob("runtime/cog/**/*.py")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_are_short_and_say_what_they_are(path: Path) -> None:
    text = path.read_text()
    assert text.startswith('"""'), "one line on each module"
    assert text.count("\n") <= LONGEST_FILE, f"over {LONGEST_FILE} lines: split it by noun"
