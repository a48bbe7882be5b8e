"""No folder, host Python, hash seed, locale, time zone or umask changes one byte of what is compiled."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from uv import find_uv_bin

from .interpreters import present

ROOT = Path(__file__).parent.parent
NEW_ENOUGH = ("3.11", "3.12", "3.13", "3.14")
EXAMPLES = ("gpu-torch", "image-blur", "text-stream")


def _compiled(python: Path, project: Path, output: Path, **environment: str) -> dict[str, bytes]:
    """All files of the folder and all other artifacts, by name."""
    run = {"cwd": project, "env": {**os.environ, **environment}, "check": True}
    cogc = [str(python), "-m", "cogc", "compile"]
    subprocess.run([*cogc, "-o", str(output)], **run, umask=int(environment.get("UMASK", "022"), 8))  # type: ignore[call-overload] # keywords as a dictionary
    files = {str(path.relative_to(output)): path for path in sorted(output.rglob("*")) if path.is_file()}
    found = {f"{name} {path.stat().st_mode:o}": path.read_bytes() for name, path in files.items()}
    for kind in ("plan", "recipe", "spec", "openapi"):
        found[kind] = subprocess.run([*cogc, "--emit", kind], **run, stdout=subprocess.PIPE).stdout  # type: ignore[call-overload] # as above
    return found


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_second_folder_gives_the_same_bytes(example: str, tmp_path: Path) -> None:
    source = ROOT / "examples" / example
    shutil.copytree(source, tmp_path / "elsewhere" / "another name")
    python = Path(sys.executable)
    first = _compiled(python, source, tmp_path / "first", PYTHONHASHSEED="1", LC_ALL="C", TZ="UTC")
    second = _compiled(
        python, tmp_path / "elsewhere" / "another name", tmp_path / "second",
        PYTHONHASHSEED="2", LC_ALL="C.UTF-8", TZ="Asia/Tokyo", UMASK="077",
    )  # fmt: skip
    assert first == second


@pytest.fixture(scope="module")
def other_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment of another Python with the compiler in it."""
    running = f"{sys.version_info.major}.{sys.version_info.minor}"
    others = present(minor for minor in NEW_ENOUGH if minor != running)
    if not others:
        pytest.skip("this machine has no second Python that can run the compiler")
    place = tmp_path_factory.mktemp("other") / "environment"
    subprocess.run([find_uv_bin(), "venv", "-q", "--python", others[max(others)], place], check=True)
    python = place / "bin" / "python"
    subprocess.run([find_uv_bin(), "pip", "install", "-q", "--python", python, ROOT], check=True)
    return python


@pytest.mark.parametrize("example", EXAMPLES)
def test_another_python_gives_the_same_bytes(example: str, other_python: Path, tmp_path: Path) -> None:
    project = ROOT / "examples" / example
    here = _compiled(Path(sys.executable), project, tmp_path / "here")
    assert here == _compiled(other_python, project, tmp_path / "there")
