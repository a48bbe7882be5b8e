"""The runtime's wheel: the same bytes at any time, and one that installers take."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from cogc.backends.wheel import runtime_wheel
from cogc.ir.recipe import RUNTIME_WHEEL


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    path = tmp_path / RUNTIME_WHEEL
    path.write_bytes(runtime_wheel())
    return path


def test_two_wheels_are_the_same_bytes() -> None:
    assert runtime_wheel() == runtime_wheel()


def test_nothing_in_it_is_compressed_or_dated(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert archive.testzip() is None
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o100644}


def test_pip_installs_it_and_it_can_be_imported(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target))
    subprocess.run([*pip, str(wheel)], check=True)
    said = subprocess.run(
        [
            sys.executable,
            "-I",
            "-c",
            f"import sys; sys.path.insert(0, {str(target)!r}); import cog; print(cog.__file__)",
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    assert Path(said.stdout.strip()) == target / "cog" / "__init__.py"
    assert (target / "cog" / "py.typed").is_file()
    assert (target / "cog" / "server" / "http.py").is_file()


def test_its_metadata_asks_for_pydantic_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        name = next(entry for entry in archive.namelist() if entry.endswith(".dist-info/METADATA"))
        lines = archive.read(name).decode().splitlines()
    assert [line for line in lines if line.startswith("Requires-Dist")] == ["Requires-Dist: pydantic>=1.9,<3"]
    assert "Requires-Python: >=3.8" in lines
