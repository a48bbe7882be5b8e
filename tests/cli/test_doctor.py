"""cogc doctor with what a folder of text cannot hold."""

import ast
from pathlib import Path

import pytest

from cogc import resources
from cogc.frontend.signature.known import COG
from cogc.lint.imports import SDK_MODULES

from .projects import CONFIG, cogc, project


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project(tmp_path / "model"))


def test_big_files() -> None:
    with Path("weights.bin").open("wb") as file:
        file.truncate(300_000_000)
    result = cogc("doctor")
    assert "warning[context-large]: 3 files with 300 MB" in result.stdout
    assert "the biggest are: weights.bin (300.0 MB)" in result.stdout
    Path(".dockerignore").write_text("*.bin\n")
    assert "context-large" not in cogc("doctor").stdout


def test_no_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "note[engine-absent]" in cogc("doctor", "--host").stdout
    assert "engine-absent" not in cogc("doctor").stdout


@pytest.mark.parametrize(
    ("torch", "capability", "said"),
    [
        ("torch==2.5.1", "12.0", ["CUDA 12.4 has no code", "torch 2.5.1 has no code"]),
        ("torch==2.7.0", "12.0", []),
        ("torch==2.5.1", "9.0", []),
        ("torch==2.5.1", "99.0", []),
    ],
)
def test_gpus(torch: str, capability: str, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A driver that tells what it is asked for, in the form of the real one."""
    driver = tmp_path / "nvidia-smi"
    driver.write_text(f"#!/bin/sh\n[ \"$*\" = '--query-gpu=compute_cap --format=csv,noheader' ] && echo {capability}\n")
    driver.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    Path("cog.yaml").write_text(CONFIG.replace("build:\n", "build:\n  gpu: true\n").replace("pillow==11.1.0", torch))
    found = cogc("doctor", "--host").stdout
    assert found.count("[gpu-unsupported]") == len(said)
    assert all(text in found for text in said)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("Python 3.9.18", "`python3` ({place}) has Python 3.9.18, the image has 3.12"),
        ("Python 3.12.1+", ""),
        ("no word of it", ""),
    ],
)
def test_the_python_of_the_path(told: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = tmp_path / "python3"
    python.write_text(f"#!/bin/sh\necho '{told}'\n")
    python.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    found = cogc("doctor", "--host").stdout
    assert ("python-differs" in found) == bool(said)
    assert said.format(place=python) in found
    assert "python-differs" not in cogc("doctor").stdout


@pytest.mark.parametrize("version", ["version = 3.10.4", "version_info = 3.10.4.final.0"])
def test_an_environment_of_the_project_comes_first(version: str) -> None:
    settings = Path(".venv/pyvenv.cfg")
    settings.parent.mkdir()
    settings.write_text(f"home = /usr/bin\n{version}\n")
    found = cogc("doctor", "--host").stdout
    assert found.count("[python-differs]") == 1
    assert "the environment .venv has Python 3.10.4" in found


def test_the_modules_of_the_sdk_are_there() -> None:
    """What `cogc doctor` takes for a module or a name of the SDK is one."""
    package = resources.RUNTIME / "cog"
    names = ast.parse((package / "__init__.py").read_text())
    exported = next(
        node.value for node in names.body if isinstance(node, ast.Assign) and "__all__" in ast.unparse(node)
    )
    modules = {path.with_suffix("").relative_to(package.parent).as_posix() for path in package.rglob("*.py")}
    assert {module.replace(".", "/") for module in SDK_MODULES} <= {name.removesuffix("/__init__") for name in modules}
    assert set(ast.literal_eval(exported)) == COG | {"__version__"}


def test_a_fix_keeps_the_ends_of_lines() -> None:
    text = CONFIG.replace('"3.12"', "3.10 # old")
    Path("cog.yaml").write_bytes(text.replace("\n", "\r\n").encode())
    cogc("doctor", "--fix")
    assert Path("cog.yaml").read_bytes().decode() == text.replace("3.10", '"3.10"').replace("\n", "\r\n")


def test_nothing_is_written_without_fix() -> None:
    Path(".env").write_text("A=b\n")
    assert cogc("doctor").exit_code == 1
    assert not Path(".dockerignore").exists()


@pytest.mark.parametrize("code", ["requirement-unpinned", "secret-file"])
def test_codes_can_be_left_out(code: str) -> None:
    Path(".env").write_text("A=b\n")
    Path("cog.yaml").write_text(CONFIG.replace("==11.1.0", ""))
    assert code in cogc("doctor").stdout
    assert code not in cogc("doctor", "--ignore", code).stdout


def test_what_stops_a_compile_cannot_be_left_out() -> None:
    assert cogc("doctor", "--ignore", "unknown-key").exit_code == 2


@pytest.mark.parametrize(("comment", "said"), [("", True), (" # cogc: ignore[cuda-without-gpu]", False)])
def test_comments_silence_what_the_compiler_warns_of(comment: str, said: bool) -> None:
    Path("cog.yaml").write_text(CONFIG.replace("build:\n", f'build:\n  cuda: "12.4"{comment}\n'))
    assert ("cuda-without-gpu" in cogc("doctor").stdout) == said


def test_annotations_have_paths_from_where_the_command_was_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("..")
    Path("model/cog.yaml").write_text(CONFIG.replace("==11.1.0", ""))
    assert "::warning file=model/cog.yaml,line=4," in cogc("doctor", "model", "--format", "github").stdout
