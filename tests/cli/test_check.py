"""cogc compile --check with whole folders, and with what was just written."""

from pathlib import Path

import pytest

from .projects import cogc, project


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project(tmp_path / "model"))


@pytest.mark.parametrize("kind", ["dockerfile", "plan", "recipe", "spec", "openapi"])
def test_what_was_just_written_is_up_to_date(kind: str) -> None:
    text = cogc("compile", "--emit", kind).stdout
    committed = Path("../committed")
    committed.write_text(text)
    assert cogc("compile", "--emit", kind, "--check", committed).exit_code == 0
    committed.write_text(text.replace("3.12", "3.11").replace("predict", "prophesy"))
    result = cogc("compile", "--emit", kind, "--check", committed)
    assert result.exit_code == 1
    assert result.stdout.startswith("--- ../committed (committed)\n+++ ../committed (made now)\n@@ ")
    assert "error[out-of-date]" in result.stderr


@pytest.mark.parametrize(
    ("change", "sign"),
    [
        (lambda out: (out / "src" / "predict.py").unlink(), "--- ../out/src/predict.py (committed)"),
        (lambda out: (out / "src" / "more.py").write_text("x\n"), "-x\n"),
        (
            lambda out: (out / "cogc" / "requirements.txt").write_text("pillow"),
            "-pillow\n\\ No newline at end of file\n",
        ),
        (lambda out: next(out.glob("cogc/*.whl")).write_bytes(b"\0"), "Binary files ../out/cogc/cogc_runtime-"),
    ],
)
def test_folders(change: object, sign: str) -> None:
    out = Path("../out")
    assert cogc("compile", "-o", out).exit_code == 0
    assert cogc("compile", "--check", out).exit_code == 0
    assert callable(change)
    change(out)
    result = cogc("compile", "--check", out)
    assert result.exit_code == 1
    assert sign in result.stdout


@pytest.mark.parametrize("arguments", [("--check", "x", "-o", "y"), ("--check", ".", "--emit", "plan")])
def test_wrong_use(arguments: tuple[str, ...]) -> None:
    assert cogc("compile", *arguments).exit_code == 2
