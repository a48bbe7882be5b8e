"""Projects on disk and in memory: the same answers, and nothing from outside."""

from pathlib import Path

import pytest

from cogc.frontend.files import FolderFiles, MemoryFiles
from cogc.ir.diagnostic import CompileError
from cogc.ir.project import Files

TEXTS = {"cog.yaml": "build: {}\n", "deep/er/x.py": "é\n", "b.txt": ""}


@pytest.fixture(params=["folder", "memory"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    if request.param == "memory":
        return MemoryFiles(TEXTS, "name")
    for name, text in TEXTS.items():
        place = tmp_path / "name" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    (tmp_path / "outside.txt").write_text("secret")
    (tmp_path / "name" / "link").symlink_to(tmp_path / "outside.txt")
    (tmp_path / "name" / "circle").symlink_to("circle")
    return FolderFiles(tmp_path / "name")


@pytest.mark.parametrize(
    ("path", "is_file", "is_folder"),
    [
        ("cog.yaml", True, False),
        ("./deep/er/x.py", True, False),
        ("deep", False, True),
        (".", False, True),
        ("nothing", False, False),
        ("../outside.txt", False, False),
        ("..", False, False),
        ("link", False, False),
        ("circle", False, False),
        ("/etc", False, False),
    ],
)
def test_kinds(files: Files, path: str, is_file: bool, is_folder: bool) -> None:
    assert (files.is_file(path), files.is_folder(path)) == (is_file, is_folder)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("cog.yaml", "build: {}\n"),
        ("./deep//er/x.py", "é\n"),
        ("b.txt", ""),
        ("nothing", None),
        ("deep", None),
        ("", None),
        (".", None),
        ("../outside.txt", None),
        ("/etc/passwd", None),
        ("link", None),
        ("circle", None),
        ("nul\0l", None),
        ("long" * 2000, None),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_reading(files: Files, path: str, text: str | None) -> None:
    source = files.read(path)
    assert (None if source is None else source.text) == text


def test_names_and_folders(files: Files) -> None:
    assert files.name == "name"
    assert set(files.paths()) >= set(TEXTS)
    assert list(files.paths()) == sorted(files.paths())
    assert [files.is_folder(path) for path in ("deep", "deep/er", "b.txt", "nothing", "..")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_marks_and_line_ends_of_other_systems(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfone\r\ntwo\r\n")
    source = FolderFiles(tmp_path).read("a")
    assert source is not None
    assert source.text == "one\ntwo\n"


def test_what_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xff\xfe")
    with pytest.raises(CompileError) as caught:
        FolderFiles(tmp_path).read("a")
    assert [found.code.id for found in caught.value.diagnostics] == ["not-text"]
