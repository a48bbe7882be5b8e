"""Every golden case is compiled, and everything that it prints is compared with the files beside its input."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from cogc.cli import main

from .goldens import GOLDEN, Golden, cases

COMPILED = [case for case in cases() if (GOLDEN / case / "input").is_dir()]
DEFAULT_KINDS = "dockerfile plan"
FILES = {
    "dockerfile": "Dockerfile",
    "openapi": "openapi.json",
    "plan": "plan.json",
    "recipe": "recipe.json",
    "spec": "spec.json",
}


@pytest.mark.parametrize("case", COMPILED)
def test_golden(case: str, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    """`emit.txt` of a case may name other kinds than the Dockerfile and the plan."""
    monkeypatch.chdir(GOLDEN / case / "input")
    listing = GOLDEN / case / "emit.txt"
    kinds = (listing.read_text() if listing.exists() else DEFAULT_KINDS).split()
    golden.check(case, _outputs(kinds), inputs=frozenset({"input", "emit.txt"}))


def _outputs(kinds: list[str]) -> dict[str, str]:
    found = {}
    for kind in kinds:
        result = CliRunner().invoke(main, ["compile", "--emit", kind], catch_exceptions=False)
        assert result.exit_code in (0, 1), result.output
        assert (result.exit_code == 0) == bool(result.stdout), "an artifact on standard output, or an error"
        if result.stderr:
            found["stderr.txt"] = result.stderr
        if result.exit_code:
            return {"stderr.txt": result.stderr}
        found[FILES[kind]] = result.stdout
    return found


def test_every_code_is_shown() -> None:
    """A diagnostic that no golden case and no test shows is one that nobody has looked at."""
    from cogc.ir.codes import ALL

    goldens = "".join(path.read_text() for path in GOLDEN.glob("*/*/std*.txt"))
    tests = "".join(path.read_text() for path in Path(__file__).parent.rglob("test_*.py"))
    unseen = {code for code in ALL if f"[{code}]" not in goldens}
    # What needs an engine, a server, git or a broken machine does not fit into a folder of text.
    forgotten = {code for code in unseen if code not in tests}
    assert not forgotten, f"no golden case and no test shows: {', '.join(sorted(forgotten))}"
