"""cogc diff with what a folder of text cannot hold: revisions and databases."""

import json
import shutil
from pathlib import Path

import pytest

from cogc import resources

from .projects import CONFIG, cogc, commit, project


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two revisions of a project in a folder of a repository: an input was added and another one removed."""
    for inputs in ("a: str, b: int = 1", "a: str, c: float"):
        project(tmp_path / "models" / "shout", inputs)
        (tmp_path / ".gitignore").write_text("*.bin\n")
        commit(tmp_path)
    monkeypatch.chdir(tmp_path / "models" / "shout")
    return tmp_path


@pytest.mark.parametrize(
    "places", [("HEAD~1:",), ("HEAD~1:", "HEAD:"), ("HEAD~1:models/shout", "."), ("HEAD~1:models/shout/",)]
)
def test_revisions(repository: Path, places: tuple[str, ...]) -> None:
    result = cogc("diff", *places)
    assert result.exit_code == 1
    assert "BREAKING: input b was removed\n  BREAKING: input c is new, and required" in result.stdout


def test_from_the_root_of_the_repository(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    assert "input b was removed" in cogc("diff", "HEAD~1:", "models/shout").stdout


def test_what_git_ignores_is_no_difference(repository: Path) -> None:
    Path("weights.bin").write_bytes(b"\0")
    assert cogc("diff", "HEAD:").stdout == "Nothing changed: the images are the same.\n"
    Path("notes.txt").write_text("new")
    assert "+ notes.txt" in cogc("diff", "HEAD:").stdout


@pytest.mark.parametrize("place", ["no-such-branch:", "HEAD:no/such/folder"])
def test_unknown_revisions(repository: Path, place: str) -> None:
    result = cogc("diff", place)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "error[revision-unknown]: git has no such project" in result.stderr


def test_outside_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project(tmp_path / "alone"))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert "error[revision-unknown]" in cogc("diff", "HEAD:").stderr


def test_databases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project(tmp_path / "model", config=CONFIG.replace("pillow==11.1.0", "torch>=2.5,<2.7")))
    older = shutil.copytree(resources.COMPAT, tmp_path / "older")
    rows = (older / "torch.jsonl").read_text().splitlines(keepends=True)
    (older / "torch.jsonl").write_text("".join(row for row in rows if not json.loads(row)["torch"].startswith("2.6.")))
    result = cogc("diff", "--compat", older, resources.COMPAT, "--json")
    moved = {
        one["question"]: (one["from"]["value"], one["to"]["value"]) for one in json.loads(result.stdout)["decisions"]
    }
    assert result.exit_code == 0
    assert moved == {"torch": ("2.5.1", "2.6.0")}


STAGED = CONFIG.replace("pillow==11.1.0", "./wheels/ours-1.0-py3-none-any.whl\n    - ./parts")


@pytest.mark.parametrize("ignored", ["", "wheels\n", "wheels/*.whl\nparts\n"])
def test_packages_of_the_project(ignored: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wheels are no text, and the ignore file may name what a step of the build reads all the same."""
    for content in (b"\xff\xfe one", b"\xff\xfe two"):
        folder = project(tmp_path, config=STAGED)
        (folder / ".dockerignore").write_text(ignored)
        (folder / "wheels").mkdir(exist_ok=True)
        (folder / "wheels" / "ours-1.0-py3-none-any.whl").write_bytes(content)
        (folder / "parts").mkdir(exist_ok=True)
        (folder / "parts" / "pyproject.toml").write_bytes(b"# " + content[3:])
        commit(folder)
    monkeypatch.chdir(tmp_path)
    for places in (("HEAD~1:", "HEAD:"), ("HEAD~1:", ".")):
        found = cogc("diff", *places).stdout
        assert "~ wheels/ours-1.0-py3-none-any.whl" in found
        assert "~ parts/pyproject.toml" in found
        assert "it reads parts/pyproject.toml" in found or "it reads wheels" in found
    assert cogc("diff", "HEAD:").stdout == "Nothing changed: the images are the same.\n"


def test_links_count_by_what_they_lead_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project(tmp_path / "model")
    (folder / "again.py").symlink_to("predict.py")
    (folder / "nowhere").symlink_to("../../none")
    commit(folder)
    monkeypatch.chdir(folder)
    assert cogc("diff", "HEAD:").stdout == "Nothing changed: the images are the same.\n"
