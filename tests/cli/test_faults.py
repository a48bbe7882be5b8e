"""Faults of the machine and of cogc itself, made by hand: no traceback, a code, exit code 1."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cogc.cli import main
from cogc.deliver.interpreters import nearest
from cogc.ir.diagnostic import CompileError

# A docker that answers, but has no plugin.
DOCKER_ALONE = '#!/bin/sh\n[ "$1" != buildx ]\n'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project, as the current folder, and nothing on PATH."""
    (tmp_path / "cog.yaml").write_text("build:\n  python_version: '3.12'\n")
    (tmp_path / "bin").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path


def _failed(arguments: list[str]) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1
    assert "Traceback" not in result.stderr
    return result


def test_no_docker(project: Path) -> None:
    assert "error[engine-missing]" in _failed(["build"]).stderr


def test_docker_without_buildx(project: Path) -> None:
    docker = project / "bin" / "docker"
    docker.write_text(DOCKER_ALONE)
    docker.chmod(0o755)
    assert "error[engine-without-buildx]" in _failed(["build"]).stderr


def test_an_engine_that_nobody_knows(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COGC_ENGINE", "rocket")
    assert "error[engine-unknown]" in _failed(["build"]).stderr


@pytest.mark.parametrize("command", [["predict", "some/image"], ["run", "python"]])
def test_an_engine_that_runs_nothing(project: Path, command: list[str]) -> None:
    buildah = project / "bin" / "buildah"
    buildah.write_text("#!/bin/sh\n")
    buildah.chmod(0o755)
    assert "error[engine-cannot-run]" in _failed(command).stderr


def test_no_python_on_this_machine(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYENV_ROOT", str(project))
    uv = project / "bin" / "uv"
    uv.write_text("#!/bin/sh\necho '[]'\n")
    uv.chmod(0o755)
    with pytest.raises(CompileError) as caught:
        nearest("3.12", str(uv))
    assert [found.code.id for found in caught.value.diagnostics] == ["local-python-missing"]


def test_a_fault_of_cogc_itself(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the moon is in the wrong house")

    monkeypatch.setattr("cogc.pipeline.settle", broken)
    result = _failed(["compile"])
    assert "error[compiler-failed]" in result.stderr
    assert "the moon is in the wrong house" in result.stderr
