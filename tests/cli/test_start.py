"""The short way of `cogc --version` and `cogc compile` says what the command line says, or leaves it to that."""

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cogc.start import answer

from ..goldens import GOLDEN, cases
from .projects import cogc, project

CASES = [case for case in cases() if (GOLDEN / case / "input" / "cog.yaml").is_file()]
# What costs more than the rest of a compile together; each is for what is seldom asked, or went wrong.
HEAVY = {
    *("click", "dataclasses", "difflib", "httpx", "inspect", "jinja2", "jsonschema", "lark", "logging", "oras"),
    *("packaging", "pydantic", "rich", "subprocess", "tempfile", "yaml"),
}
LOADED = """
import sys
before = set(sys.modules)
sys.argv = ["cogc", "compile", {folder!r}]
from cogc.start import main
main()
print(*sorted({{name.partition(".")[0] for name in set(sys.modules) - before}}), file=sys.stderr)
"""


@pytest.fixture(autouse=True)
def _garbage_is_collected() -> Iterator[None]:
    yield
    gc.enable()


@pytest.mark.parametrize("case", CASES)
def test_the_short_way_says_the_same(case: str) -> None:
    folder = GOLDEN / case / "input"
    usual = cogc("compile", folder)
    expected = usual.stdout if usual.exit_code == 0 and not usual.stderr else None
    assert answer(("compile", str(folder))) == expected


def test_the_version_is_told_as_by_the_command_line() -> None:
    assert answer(("--version",)) == cogc("--version").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("compile", "--help"),
        ("compile", "nowhere"),
        ("compile", "a", "b"),
        ("compile", "--check", "x"),
        ("compil",),
        ("--debug", "compile"),
    ],
)
def test_all_else_is_left_to_the_command_line(arguments: tuple[str, ...]) -> None:
    assert answer(arguments) is None


def _run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)


def test_a_plain_compile_loads_nothing_heavy(tmp_path: Path) -> None:
    """Dataclasses are written out in the wheel alone, and what makes them needs `inspect`."""
    requirements = "build:\n  python_packages:\n    - numpy==2.1.3\n    - requests>=2,<3\npredict: predict.py:P\n"
    folder = project(tmp_path, config=requirements)
    loaded = set(_run(LOADED.format(folder=str(folder)), tmp_path).stderr.split())
    by_dataclasses = {"dataclasses", "inspect"} if "dataclasses" in loaded else set()
    assert "ast" in loaded
    assert loaded & (HEAVY - by_dataclasses) == set()


def test_a_reader_that_goes_away_is_no_traceback(tmp_path: Path) -> None:
    folder = project(tmp_path)
    command = f'{sys.executable} -m cogc compile {folder} | true; echo "${{PIPESTATUS[0]}}"'
    told = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert "Traceback" not in told.stderr


def test_an_output_that_cannot_be_written_is_no_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cogc", "compile", str(project(tmp_path))]
    with Path("/dev/full").open("w") as full:
        told = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert told.returncode == 1
    assert told.stderr.startswith("error[disk-full]: ")
    assert "Traceback" not in told.stderr
