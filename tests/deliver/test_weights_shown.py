"""Weights where the model looks for them: mounted over the project, or linked on this machine."""

import os
from pathlib import Path

import pytest

from cogc.deliver.weights.showing import Shown, linked, mount_options, mount_points, shown
from cogc.ir.diagnostic import CompileError
from cogc.ir.weight import MountedWeights
from cogc.store.foreign import foreign
from cogc.store.place import bringing, fill, mark, placed
from cogc.store.prune import Keep, remove, unneeded
from cogc.store.store import Store
from cogc.weights.lock import Lock, LockedWeight

from ..store.folders import digest_of, keep, names_in, set_of, store_at, written

FILES = {"a.bin": b"first", "sub/b.bin": b"second", "sub/same.bin": b"first"}
WEIGHTS = set_of(FILES)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = store_at(tmp_path / "cache")
    for content in FILES.values():
        keep(found, content)
    return found


@pytest.fixture
def here(store: Store, tmp_path: Path) -> Shown:
    """Shown at a place that the test can write."""
    return Shown(placed(store, WEIGHTS), str(tmp_path / "root" / "weights"))


def test_a_set_is_placed_once(store: Store) -> None:
    folder = placed(store, WEIGHTS)
    assert names_in(folder) == [".cog/ready", *FILES]
    assert (folder / ".cog" / "ready").read_text() == f"{WEIGHTS.set_digest}\n"
    assert (folder / "a.bin").samefile(store.path_of(digest_of(b"first")))
    assert (folder / "a.bin").stat().st_mode & 0o777 == 0o444
    assert placed(store, WEIGHTS) == folder
    assert [path.name for path in store.sets.iterdir()] == [folder.name]
    assert {path.stat().st_mode & 0o777 for path in (folder, folder / "sub", folder / ".cog")} == {0o555}
    assert (folder / ".cog" / "ready").stat().st_mode & 0o777 == 0o444


def test_a_set_that_is_sealed_is_removed(store: Store) -> None:
    folder = placed(store, WEIGHTS)
    store.remove_set(WEIGHTS.set_digest)
    assert list(store.sets.iterdir()) == []
    assert placed(store, WEIGHTS) == folder
    remove(store, unneeded(store, Keep()))
    assert list(store.sets.iterdir()) == []


def test_what_is_not_of_the_set_is_found(store: Store) -> None:
    """As root writes it, who needs no permission; the folder is opened so that the test needs no root."""
    folder = placed(store, WEIGHTS)
    assert foreign(store, WEIGHTS) == ()
    for place in (folder, folder / "sub"):
        place.chmod(0o755)
    written(folder, {"x": b"x", "sub/more/y": b"y"})
    (folder / "a.bin").unlink()
    (folder / "a.bin").write_bytes(b"other")
    (folder / "sub" / "b.bin").unlink()
    (folder / "sub" / "b.bin").write_bytes(b"second")  # a copy is as good
    assert foreign(store, WEIGHTS) == ("a.bin", "sub/more", "sub/more/y", "x")


def test_a_set_that_a_killed_process_left_is_made_anew(store: Store) -> None:
    folder = store.sets / WEIGHTS.set_digest.removeprefix("sha256:")
    written(folder, {"a.bin": b"half"})
    assert placed(store, WEIGHTS) == folder
    assert {path: (folder / path).read_bytes() for path in FILES} == FILES


def test_where_there_are_no_hard_links_files_are_copied(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    fill(store, WEIGHTS, tmp_path / "target")
    assert {path: (tmp_path / "target" / path).read_bytes() for path in FILES} == FILES
    assert not (tmp_path / "target" / "a.bin").samefile(store.path_of(digest_of(b"first")))


def test_a_file_that_is_missing_is_told(store: Store, tmp_path: Path) -> None:
    store.path_of(digest_of(b"second")).unlink()
    with pytest.raises(CompileError, match=r"sub/b\.bin is not on this machine"):
        fill(store, WEIGHTS, tmp_path / "target")
    assert not (tmp_path / "target" / ".cog").exists(), "it is not ready"
    lock = Lock("", (LockedWeight(WEIGHTS, (), "", "", ()),))
    with pytest.raises(CompileError, match="1 of 3 files"):
        shown(store, lock, (MountedWeights("model", "/src/weights", WEIGHTS.set_digest),))


def test_states_replace_each_other(tmp_path: Path) -> None:
    for state in ("downloading", "failed", "ready", "downloading"):
        mark(tmp_path, state, "why")
        assert names_in(tmp_path) == [f".cog/{state}"]


def test_an_interrupted_bringing_is_told(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), bringing(tmp_path):
        raise KeyboardInterrupt
    assert (tmp_path / ".cog" / "failed").read_text() == "it was interrupted\n"


def test_mounts_are_read_only(here: Shown) -> None:
    options = mount_options((here,))
    assert options == ("--mount", f"type=bind,source={here.folder},target={here.target},readonly")


def test_folders_to_mount_over_come_and_go(here: Shown, tmp_path: Path) -> None:
    project = written(tmp_path / "p", {"kept/file": b""})
    targets = tuple(Shown(here.folder, f"/src/{name}") for name in ("deep/weights", "kept"))
    with mount_points(project, (*targets, Shown(here.folder, "/elsewhere"))):
        assert (project / "deep" / "weights").is_dir()
    assert sorted(path.name for path in project.iterdir()) == ["kept"]


def test_links_come_and_go(here: Shown, tmp_path: Path) -> None:
    with linked(tmp_path, (here,)) as unseen:
        assert unseen == ()
        assert (Path(here.target) / "a.bin").read_bytes() == b"first"
        with linked(tmp_path, (here,)):
            assert Path(here.target).is_symlink(), "a second run uses the link of the first"
        assert Path(here.target).is_symlink()
    assert not (tmp_path / "root").exists()


def test_a_link_that_a_killed_process_left(here: Shown) -> None:
    place = Path(here.target)
    place.parent.mkdir()
    place.symlink_to(here.folder.parent / "gone")
    with linked(place.parent, (here,)):
        assert place.resolve() == here.folder
    assert not place.is_symlink()


def test_a_folder_of_the_project_stays(here: Shown, tmp_path: Path) -> None:
    project = written(tmp_path / "p", {"weights/mine.bin": b"mine"})
    with linked(project, (Shown(here.folder, str(project / "weights")),)):
        assert names_in(project) == ["weights/mine.bin"]
    assert names_in(project) == ["weights/mine.bin"]


def test_a_target_that_cannot_be_made(here: Shown, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CompileError) as told, linked(tmp_path, (Shown(here.folder, f"{tmp_path}/file/weights"),)):
        pass
    assert [found.code.id for found in told.value.diagnostics] == ["weight-target-local"]  # error[weight-target-local]
    assert "ln -s" in told.value.diagnostics[0].help
