"""Artifact folders: what is in them, and what they never replace."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cogc.deliver.folder import fill, write_context
from cogc.deliver.sent import sending
from cogc.deliver.tree import MARKER, copy_file, link_file
from cogc.ir.diagnostic import CompileError

from ..backends.recipes import full, own_base, weighted


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "models").mkdir(parents=True)
    (root / "empty").mkdir()
    (root / ".git").mkdir()
    (root / ".git" / "config").write_text("secret")
    (root / "predict.py").write_text("x = 1\n")
    (root / "start.sh").write_text("#!/bin/sh\n")
    (root / "start.sh").chmod(0o700)
    (root / "models" / "weights").write_bytes(b"w")
    (root / "models" / "notes").write_text("n")
    (root / ".dockerignore").write_text("models/notes\n")
    (root / "latest").symlink_to("models/weights")
    return root


def _names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_the_folder_holds_all_that_a_build_needs_and_nothing_else(project: Path, tmp_path: Path) -> None:
    write_context(full(), project, tmp_path / "out")
    names = _names(tmp_path / "out")
    assert {name for name in names if not name.startswith(("src/", "cogc/"))} == {"src", "cogc", "Dockerfile", MARKER}
    assert {name.removeprefix("src/") for name in names if name.startswith("src/")} == {
        *("predict.py", "start.sh", "latest", "empty", "models", "models/weights", ".dockerignore")
    }
    assert (tmp_path / "out" / "src" / "latest").readlink() == Path("models/weights")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "project"], "nothing is left beside it"


def test_folders_of_weights_stay_out_of_the_image(project: Path, tmp_path: Path) -> None:
    (project / "models-2").mkdir()
    fill(weighted(), project, tmp_path / "out", copy_file)
    names = {path.name for path in (tmp_path / "out" / "src").iterdir()}
    assert "models-2" in names
    assert "models" not in names


def test_what_single_steps_read_lies_apart(project: Path, tmp_path: Path) -> None:
    (project / "wheels").mkdir()
    (project / "wheels" / "a.whl").symlink_to("../models/weights")
    (project / "pkg" / "__pycache__").mkdir(parents=True)
    (project / "pkg" / "setup.py").touch()
    (project / "pkg" / "notes").touch()
    (project / "csrc").mkdir()
    (project / "csrc" / "kept").touch()
    (project / "setup.py").touch()
    (project / ".dockerignore").write_text("wheels\ncsrc\n**/notes\n")
    fill(own_base().without_source(), project, tmp_path / "out", copy_file)
    files = tmp_path / "out" / "files"
    assert {name for name in _names(files) if not (files / name).is_dir()} == {
        *("wheels/a.whl", "pkg/setup.py", "csrc/kept", "setup.py")
    }
    assert (files / "wheels" / "a.whl").read_bytes() == b"w"
    assert not (files / "wheels" / "a.whl").is_symlink()


def test_without_source_there_is_none(project: Path, tmp_path: Path) -> None:
    fill(full().without_source(), project, tmp_path / "out", copy_file)
    assert not (tmp_path / "out" / "src").exists()


@pytest.fixture
def _tight_umask() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_tight_umask")
@pytest.mark.parametrize("copy", [copy_file, link_file])
def test_modes_do_not_depend_on_the_machine(project: Path, tmp_path: Path, copy: object) -> None:
    assert callable(copy)
    fill(full(), project, tmp_path / "out", copy)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "out" / "src").rglob("*")}
    assert modes["start.sh"] == modes["models"] == 0o755
    assert modes["predict.py"] == 0o644
    assert (tmp_path / "out" / "Dockerfile").stat().st_mode & 0o777 == 0o644


def test_our_own_folder_is_replaced_whole(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_context(full(), project, out)
    (project / "predict.py").unlink()
    write_context(full(), project, out)
    assert not (out / "src" / "predict.py").exists()


def test_a_folder_inside_the_project_is_no_part_of_it(project: Path) -> None:
    for _ in range(2):
        write_context(full(), project, project / "out")
    write_context(full(), project, project / "again")
    assert not {"out", "again"} & {path.name for path in (project / "again" / "src").iterdir()}


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("taken", "output-not-ours"),
        ("project/predict.py", "output-not-ours"),
        ("project", "output-holds-project"),
        (".", "output-holds-project"),
    ],
)
def test_what_is_not_ours_stays(project: Path, tmp_path: Path, place: str, code: str) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "thesis").write_text("years of work")
    before = _names(tmp_path)
    with pytest.raises(CompileError) as caught:
        write_context(full(), project, tmp_path / place)
    assert [found.code.id for found in caught.value.diagnostics] == [code]
    assert _names(tmp_path) == before


def test_builds_side_by_side_do_not_meet(project: Path) -> None:
    with sending(project) as first, sending(project) as second:
        assert first.folder != second.folder
    with sending(project) as again:
        assert again.folder == first.folder, "the same path from build to build, so that only changes are sent"


def test_links_are_second_names_of_the_same_file(project: Path, tmp_path: Path) -> None:
    fill(full(), project, tmp_path / "out", link_file)
    assert (tmp_path / "out" / "src" / "predict.py").samefile(project / "predict.py")
    assert (tmp_path / "out" / "src" / "start.sh").stat().st_nlink == 1, "its mode had to be another"
