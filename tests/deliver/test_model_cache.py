"""Where downloads of models are kept."""

import stat
from pathlib import Path

import pytest

from cogc.deliver.model_cache import cache_mount, cache_variables, default_folder


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({}, "/home/ada/.cache/cog/models"),
        ({"XDG_CACHE_HOME": "/cache"}, "/cache/cog/models"),
        ({"XDG_CACHE_HOME": ""}, "/home/ada/.cache/cog/models"),
        ({"XDG_CACHE_HOME": "relative"}, "/home/ada/.cache/cog/models"),
        ({"XDG_CACHE_HOME": "/cache", "COG_CACHE_DIR": "/cog"}, "/cog/models"),
        ({"COG_CACHE_DIR": "~/cog"}, "/home/ada/cog/models"),
    ],
)
def test_the_folder(environment: dict[str, str], folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    assert default_folder(environment) == Path(folder)


def test_containers_may_write_and_others_may_not_look(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "models"
    assert cache_mount(folder, "root") == ("--mount", f"type=bind,source={folder}/root,target=/var/cache/cog")
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "root")] == [0o700, 0o1777]


def test_a_folder_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    cache_mount(tmp_path, "root")
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_variables_of_the_project_stay() -> None:
    found = dict(variable.split("=") for variable in cache_variables(frozenset({"HF_HOME"})))
    assert found["XDG_CACHE_HOME"] == "/var/cache/cog"
    assert found["TORCH_HOME"] == "/var/cache/cog/torch"
    assert "HF_HOME" not in found
