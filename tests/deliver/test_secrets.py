"""Secrets are looked at before anything is built."""

from dataclasses import replace
from pathlib import Path

import pytest

from cogc.deliver.secrets import check_secrets
from cogc.ir.diagnostic import CompileError

from ..backends.recipes import plan

SPEC = plan(commands=("pip install x",), secrets=(("pip", "/etc/pip.conf"),)).spec


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TOKEN", "t")
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "pip.conf"
    path.touch()
    return path


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize(
    "given", ["id=pip,src=pip.conf", "id=pip,source=pip.conf", "type=file,id=pip,src=pip.conf", "id=pip,env=TOKEN"]
)
def test_forms_of_docker(given: str) -> None:
    assert check_secrets(SPEC, (given,)) == ()


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ((), ["secret-missing"]),
        (("id=pip,src=nowhere",), ["secret-format"]),
        (("id=pip,env=NOT_SET_ANYWHERE",), ["secret-format"]),
        (("id=pip,scr=pip.conf",), ["secret-format"]),
        (("src=pip.conf",), ["secret-format", "secret-missing"]),
        (("id=other,src=pip.conf",), ["secret-missing", "secret-unused"]),
    ],
)
def test_faults(given: tuple[str, ...], codes: list[str]) -> None:
    with pytest.raises(CompileError) as caught:
        check_secrets(SPEC, given)
    assert [found.code.id for found in caught.value.diagnostics] == codes


@pytest.mark.usefixtures("file")
def test_commands_before_the_packages_may_have_secrets() -> None:
    assert check_secrets(replace(SPEC, run=(), pre_install=SPEC.run), ("id=pip,src=pip.conf",)) == ()


@pytest.mark.usefixtures("file")
def test_one_too_many_is_only_a_warning() -> None:
    found = check_secrets(SPEC, ("id=pip,src=pip.conf", "id=other,env=TOKEN"))
    assert [diagnostic.code.id for diagnostic in found] == ["secret-unused"]
