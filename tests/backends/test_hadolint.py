"""hadolint, a linter of Dockerfiles by others, has no complaint that docs/hadolint.yaml does not explain."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ..goldens import GOLDEN

ROOT = GOLDEN.parent
HADOLINT = Path(sys.executable).parent / "hadolint"
CASES = sorted(path.relative_to(GOLDEN).as_posix() for path in GOLDEN.glob("*/*/Dockerfile"))
USERS = "# Command: "


@pytest.fixture(scope="module")
def complaints() -> dict[str, list[str]]:
    """By golden case, what is said of it; all in one process."""
    command = [str(HADOLINT), "--config", str(ROOT / "docs" / "hadolint.yaml"), "--format", "json", "--no-fail", *CASES]
    answer = subprocess.run(command, cwd=GOLDEN, capture_output=True, text=True, check=True)
    found: dict[str, list[str]] = {case: [] for case in CASES}
    for one in json.loads(answer.stdout):
        if not _in_a_command_of_the_user(one["file"], one["line"]):
            found[one["file"]].append(f"line {one['line']}: {one['code']} {one['message']}")
    return found


def _in_a_command_of_the_user(case: str, line: int) -> bool:
    titles = [text for text in (GOLDEN / case).read_text().split("\n")[:line] if text.startswith("# ")]
    return titles[-1].startswith(USERS)


@pytest.mark.parametrize("case", CASES)
def test_golden_dockerfiles(case: str, complaints: dict[str, list[str]]) -> None:
    assert complaints[case] == []


def test_every_explained_rule_is_broken_somewhere() -> None:
    """An explanation that nothing needs would hide the next complaint."""
    rules = [line.split()[1] for line in (ROOT / "docs" / "hadolint.yaml").read_text().splitlines() if "- DL" in line]
    command = [str(HADOLINT), "--format", "json", "--no-fail", "--ignore", "DL1000", *CASES]
    answer = subprocess.run(command, cwd=GOLDEN, capture_output=True, text=True, check=True)
    assert set(rules) <= {one["code"] for one in json.loads(answer.stdout)}
