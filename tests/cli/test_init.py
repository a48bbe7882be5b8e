"""cogc init: what it writes works, and what was there stays."""

from pathlib import Path

import pytest
import yaml

from .projects import cogc

FILES = {
    "cog.yaml",
    "cog.schema.json",
    "predict.py",
    "requirements.txt",
    ".dockerignore",
    ".github/workflows/cogc.yaml",
}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _files() -> dict[str, str]:
    return {path.as_posix(): path.read_text() for path in Path().rglob("*") if path.is_file()}


def test_a_new_project_compiles_and_has_no_faults() -> None:
    assert cogc("init").exit_code == 0
    assert set(_files()) == FILES
    assert cogc("compile").exit_code == 0
    doctor = cogc("doctor", "--ignore", "root-user")
    assert (doctor.exit_code, doctor.stdout) == (0, "")


def test_editors_find_the_schema() -> None:
    cogc("init", "new")
    first = Path("new/cog.yaml").read_text().splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (Path("new") / first.partition("$schema=")[2]).is_file()


def test_files_that_exist_are_left_alone() -> None:
    for name in FILES:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("mine\n")
    result = cogc("init")
    assert result.exit_code == 0
    assert set(_files().values()) == {"mine\n"}
    assert result.stderr.count("kept ") == len(FILES)
    assert "text=hello" not in result.stderr, "which inputs a model of theirs takes is not ours to say"


def test_the_workflow_calls_commands_that_there_are() -> None:
    cogc("init")
    (job,) = yaml.safe_load(Path(".github/workflows/cogc.yaml").read_text())["jobs"].values()
    called = [step["run"].split()[1] for step in job["steps"] if step.get("run", "").startswith("cogc ")]
    assert called == ["doctor", "compile", "diff"]
    assert all(cogc(name, "--help").exit_code == 0 for name in called)


def test_the_commented_keys_are_right_too() -> None:
    """Whoever takes the `# ` away gets a project that compiles."""
    cogc("init")
    config = Path("cog.yaml")
    lines = config.read_text().splitlines(keepends=True)
    examples = ("gpu:", "system_packages:", "  - ffmpeg", "run:", "  - curl", "environment:", "  - TOKENIZERS")
    config.write_text("".join(line.replace("# ", "", 1) if _begins(line, examples) else line for line in lines))
    assert cogc("compile", "--emit", "recipe").exit_code == 0
    assert "ffmpeg" in cogc("compile", "--emit", "recipe").stdout


def _begins(line: str, examples: tuple[str, ...]) -> bool:
    return line.strip().startswith("#") and line.strip()[2:].startswith(examples)
