"""Commands as a person types them: a folder each, with the project, the command line, and all that comes of it."""

import difflib
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cogc.cli import main
from cogc.ir.codes import lint
from cogc.ir.diagnostic import Code

from ..goldens import GOLDEN, Golden, cases

CASES = cases("commands", "lint")
INPUTS = frozenset({"command.txt", "project"})


@pytest.mark.parametrize("case", CASES)
def test_golden_command(case: str, golden: Golden, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`command.txt` is run in a copy of `project`; without `exit.txt` it has to succeed."""
    project = tmp_path / "project"
    shutil.copytree(GOLDEN / case / "project", project)
    before = _texts(project)
    monkeypatch.chdir(project)
    arguments = shlex.split((GOLDEN / case / "command.txt").read_text())
    result = CliRunner().invoke(main, arguments[1:], prog_name=arguments[0], catch_exceptions=False)
    golden.check(case, {**_said(result), **_changes(before, _texts(project))}, inputs=INPUTS)


def _said(result: Result) -> dict[str, str]:
    code = f"{result.exit_code}\n" if result.exit_code else ""
    found = {"stdout.txt": result.stdout, "stderr.txt": result.stderr, "exit.txt": code}
    return {name: text for name, text in found.items() if text}


def _texts(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


def _changes(before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    """What the command did to the project's files, as one diff."""
    lines: list[str] = []
    for name in sorted({*before, *after}):
        old, new = before.get(name, "").splitlines(True), after.get(name, "").splitlines(True)
        lines += difflib.unified_diff(old, new, f"{name} (before)", f"{name} (after)")
    return {"changes.diff": "".join(lines)} if lines else {}


def test_every_rule_has_a_case() -> None:
    """A rule that no case shows is one that nobody has looked at; three need more than a folder of text."""
    codes = {value.id for value in vars(lint).values() if isinstance(value, Code)}
    shown = "".join(path.read_text() for path in GOLDEN.glob("lint/*/stdout.txt"))
    assert {code for code in codes if f"[{code}]" not in shown} == {"context-large", "engine-absent", "gpu-unsupported"}
