"""Known releases with every Python and every CUDA: a plan exactly where a raw row allows one."""

import pytest

from cogc.backends.plan import plan_json
from cogc.ir.diagnostic import CompileError

from ..compat.rows import Row, rows
from .checker import faults
from .projects import resolved

PYTHONS = tuple(row["python"] for row in rows("python"))
CUDAS = tuple(dict.fromkeys(row["cuda"].rpartition(".")[0] for row in rows("cuda_images")))
BUILDS: dict[str, list[Row]] = {}
for _row in rows("torch"):
    BUILDS.setdefault(_row["torch"], []).append(_row)
# Of the others only the default wheel is known, and that there are more is assumed, with a note.
ALL_KNOWN = [release for release, builds in BUILDS.items() if any("index" in row or "links" in row for row in builds)]
LAST_OF_MINOR = list({release.rpartition(".")[0]: release for release in ALL_KNOWN}.values())
TENSORFLOW = rows("tensorflow")
FIRST_OF_MINOR = [row for row in TENSORFLOW if row["tensorflow"].endswith(".0")]


def outcome(line: str, options: dict[str, str]) -> tuple[str, ...]:
    """The codes of a refusal, each of which has a place and a next step; none for a plan, which rows bear out."""
    words = " ".join(f"{name}={value}" if value else name for name, value in options.items())
    try:
        plan = plan_json(resolved(line, words)[0])
    except CompileError as refusal:
        errors = [found for found in refusal.diagnostics if found.severity == "error"]
        assert all(error.labels and error.help for error in errors)
        return tuple(error.code.id for error in errors)
    assert not faults(plan, (line,), options)
    return ()


def pythons_of(row: Row) -> list[str]:
    return list(row["python_alone" if "python_alone" in row else "python"])


@pytest.mark.parametrize("release", ALL_KNOWN)
def test_torch_with_every_python(release: str) -> None:
    known = {python for row in BUILDS[release] if "cuda" not in row for python in pythons_of(row)}
    fitting = {python for python in PYTHONS if outcome(f"torch=={release}", {"python_version": python}) == ()}
    assert fitting == known & set(PYTHONS)


@pytest.mark.parametrize("release", LAST_OF_MINOR)
def test_torch_with_every_cuda(release: str) -> None:
    built = {row["cuda"] for row in BUILDS[release] if "cuda" in row and {*pythons_of(row)} & {*PYTHONS}}
    fitting = {cuda for cuda in CUDAS if outcome(f"torch=={release}", {"gpu": "", "cuda": cuda}) == ()}
    assert fitting == built & set(CUDAS)


@pytest.mark.parametrize("row", TENSORFLOW, ids=lambda row: row["tensorflow"])
def test_tensorflow_with_every_python(row: Row) -> None:
    line = f"tensorflow=={row['tensorflow']}"
    fitting = {python for python in PYTHONS if outcome(line, {"gpu": "", "python_version": python}) == ()}
    assert fitting == ({*row["python"]} & {*PYTHONS} if row["cuda"] in CUDAS else set())


@pytest.mark.parametrize("row", FIRST_OF_MINOR, ids=lambda row: row["tensorflow"])
def test_tensorflow_with_every_cuda(row: Row) -> None:
    """Its own always, another major version never; of other minor ones that are tried, the notes tell."""
    line, major = f"tensorflow=={row['tensorflow']}", row["cuda"].partition(".")[0]
    fitting = {cuda for cuda in CUDAS if outcome(line, {"gpu": "", "cuda": cuda}) == ()}
    assert {row["cuda"]} & {*CUDAS} <= fitting <= {cuda for cuda in CUDAS if cuda.partition(".")[0] == major}
