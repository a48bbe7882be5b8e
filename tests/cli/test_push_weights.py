"""`cogc push` of a model with weights: what is told before an engine is asked for anything."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cogc.cli import main

from ..registry.faulty import running
from ..store.folders import project, written

WEIGHTS = {"name": "base", "source": {"uri": "./w"}}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with weights that are not imported."""
    for name in ("COG_MODEL", "COG_MODEL_REGISTRY", "COG_MODEL_REPO", "COG_MODEL_TAG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DOCKER_CONFIG", "/nonexistent")
    monkeypatch.setenv("COGC_ENGINE", "docker")
    monkeypatch.setenv("PATH", "/nonexistent")
    written(tmp_path / "p" / "w", {"model.bin": b"model"})
    made = project(tmp_path / "p", WEIGHTS)
    monkeypatch.chdir(made)
    return tmp_path


def _run(folder: Path, *arguments: str, machine: str = "here") -> Result:
    return CliRunner(env={"COG_CACHE_DIR": str(folder / machine)}).invoke(main, arguments, catch_exceptions=False)


def _refused(said: Result, code: str) -> str:
    assert said.exit_code == 1
    assert f"error[{code}]" in said.stderr
    assert "Building" not in said.stderr
    return said.stderr


def test_weights_that_are_not_imported(folder: Path) -> None:
    assert "run `cogc weights import`" in _refused(_run(folder, "push"), "weights-pending")


def test_weights_that_are_nowhere(folder: Path) -> None:
    _run(folder, "weights", "import")
    with running() as registry:
        said = _run(folder, "push", f"{registry.host}/team/other", machine="there")
    assert f"{registry.host}/team/other" in _refused(said, "weights-missing")


def test_weights_that_only_the_registry_has_are_no_hindrance(folder: Path) -> None:
    """The engine is the next thing that is missed."""
    _run(folder, "weights", "import")
    with running() as registry:
        project(folder / "p", WEIGHTS, model=f"{registry.host}/team/model")
        assert _run(folder, "weights", "push").exit_code == 0
        _refused(_run(folder, "push", machine="there"), "engine-missing")
