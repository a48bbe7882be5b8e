"""`--separate-weights`, without an engine: the Dockerfile, the folder and what a change builds again."""

from pathlib import Path

import pytest

from .projects import cogc, project

FOLDER = "we ird [a] $X"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    root = project(tmp_path / "model")
    for path in ("models/a.bin", "models2/b.bin", f"{FOLDER}/c.bin"):
        (root / path).parent.mkdir()
        with (root / path).open("wb") as file:
            file.truncate(11_000_000)
    (root / "models" / "config.json").write_text("{}")
    (root / "models" / "notes").write_text("x")
    (root / "models2" / "code.py").write_text("")
    (root / ".dockerignore").write_text("**/notes\n")
    return root


def test_each_layer_is_named_and_stands_on_no_other(model: Path) -> None:
    made = cogc("compile", model, "--separate-weights").stdout
    assert f"# Weights: models\nCOPY --link weights/1 /\n\n# Weights: {FOLDER}\nCOPY --link weights/2 /\n" in made
    assert "# Weights: models2/b.bin\nCOPY --link weights/3 /\n" in made
    assert "COPY --link" not in cogc("compile", model).stdout


def test_the_folder_holds_each_file_once(model: Path, tmp_path: Path) -> None:
    cogc("compile", model, "--separate-weights", "-o", tmp_path / "out")
    found = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert {path for path in found if path.startswith(("src/", "weights/"))} == {
        *("src/.dockerignore", "src/cog.yaml", "src/models2/code.py", "src/predict.py"),
        *("weights/1/src/models/a.bin", "weights/1/src/models/config.json"),
        *(f"weights/2/src/{FOLDER}/c.bin", "weights/3/src/models2/b.bin"),
    }
    assert (model / ".dockerignore").read_text() == "**/notes\n"
    assert (tmp_path / "out" / "weights" / "1" / "src" / "models").stat().st_mtime == 0


@pytest.mark.parametrize(
    ("change", "again", "kept"),
    [
        ("models/a.bin", "weights: models (it reads models/a.bin)", ("Python packages", "weights: models2/b.bin")),
        ("predict.py", "source (it reads predict.py)", ("weights: models", "weights: models2/b.bin")),
        ("build.python_packages", "Python packages (it has changed)", ("weights: models", f"weights: {FOLDER}")),
    ],
)
def test_impact(model: Path, change: str, again: str, kept: tuple[str, ...]) -> None:
    said = cogc("impact", change, "--separate-weights", "-C", model).stdout.splitlines()
    assert f"  built again  {again}" in said
    assert all(f"  kept         {step}" in said for step in kept)


def test_a_recipe_tells_them(model: Path) -> None:
    assert '"step": "copy-weights"' in cogc("compile", model, "--separate-weights", "--emit", "recipe").stdout
