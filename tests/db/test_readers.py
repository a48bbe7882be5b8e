"""From the file list and the metadata of wheels to rows, and into the rows that are known."""

from typing import Any

import pytest
from packaging.requirements import Requirement

from cogc.compat import Compat
from cogc.db.libraries import libraries, of_extra
from cogc.db.readers import READERS
from cogc.db.release import releases_of
from cogc.db.table import TENSORFLOW, Row, merged
from cogc.db.update import rows_of

from ..compat.rows import FOLDER

LINUX = "manylinux_2_28_x86_64"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([f"a-1.0-cp312-cp312-{LINUX}", f"a-1.0-cp39-cp39-{LINUX}"], {"1.0": ("3.9", "3.12")}),
        ([f"a-1.10-cp312-cp312-{LINUX}", f"a-1.9-cp312-cp312-{LINUX}"], {"1.9": ("3.12",), "1.10": ("3.12",)}),
        (["a-1.0-cp312-cp312-win_amd64", "a-1.0-cp312-cp312-manylinux_2_28_aarch64"], {}),
        ([f"a-1.0rc1-cp312-cp312-{LINUX}", f"a-1.0.dev1-cp312-cp312-{LINUX}"], {}),
        ([f"a-1.0-cp37-cp37m-{LINUX}", f"a-1.0-cp38-cp38-{LINUX}"], {"1.0": ("3.8",)}),
        (["a-1.0-py3-none-any"], {"1.0": ()}),
        ([f"a-1.0-cp313-cp313t-{LINUX}"], {"1.0": ("3.13",)}),
        (["a-1.0"], {}),
    ],
)
def test_releases(files: list[str], expected: dict[str, tuple[str, ...]]) -> None:
    listing = [{"filename": f"{name}.whl", "url": name} for name in files]
    assert {release.version: release.pythons for release in releases_of("a", listing)} == expected


def test_a_release_that_was_yanked_is_none() -> None:
    assert releases_of("a", [{"filename": "a-1.0-py3-none-any.whl", "url": "", "yanked": "broken"}]) == ()


@pytest.mark.parametrize(
    ("name", "requires", "python", "suits"),
    [
        (f"a-1.0-cp312-cp312-{LINUX}", "", "3.12", True),
        (f"a-1.0-cp312-cp312-{LINUX}", "", "3.13", False),
        ("a-1.0-py3-none-any", ">=3.10,!=3.14.1", "3.14", True),
        ("a-1.0-py3-none-any", ">=3.10", "3.9", False),
        (f"a-1.0-cp310-abi3-{LINUX}", ">=3.10", "3.13", True),
    ],
)
def test_pythons_of_a_wheel(name: str, requires: str, python: str, suits: bool) -> None:
    (release,) = releases_of("a", [{"filename": f"{name}.whl", "url": "", "requires-python": requires}])
    assert release.suits(python) == suits


@pytest.mark.parametrize(
    ("lines", "extras", "expected"),
    [
        (["nvidia-cuda-runtime-cu12==12.4.127", "nvidia-cudnn-cu12==9.1.0.70"], [], ("12.4", "9.1")),
        (["cuda-toolkit[cublas,cudart]==13.0.2", "nvidia-cudnn-cu13==9.19.0.56"], [], ("13.0", "9.19")),
        (["nvidia-cuda-runtime~=13.0", "nvidia-cudnn-cu13<10.0,>=9.12"], [], ("13.0", "9.12")),
        (["nvidia-cuda-runtime-cu12==12.4.127"], [], None),
        (["nvidia-cudnn-cu12<10", "nvidia-cuda-runtime-cu12==12.4.127"], [], None),
        (['nvidia-cuda-runtime==13.0 ; extra == "c"', 'nvidia-cudnn==9.0 ; extra == "d"'], ["c", "d"], ("13.0", "9.0")),
        (['nvidia-cuda-runtime==13.0 ; extra == "c"', 'nvidia-cudnn==9.0 ; extra == "d"'], ["c"], None),
        (['nvidia-cuda-runtime==13.0 ; sys_platform == "win32"', "nvidia-cudnn==9.0"], [], None),
        (["numpy"], [], None),
    ],
)
def test_libraries(lines: list[str], extras: list[str], expected: tuple[str, str] | None) -> None:
    found = libraries(of_extra(map(Requirement, lines), *extras))
    assert (found and (found.cuda_minor, found.cudnn_minor)) == expected


KNOWN: Row = {"tensorflow": "2.4.0", "cuda": "11.0", "cudnn": "8.0", "python": ["3.7", "3.8"], "source": "history"}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], [KNOWN]),
        ([{"tensorflow": "2.4.0", "python": ["3.8"]}], [KNOWN]),
        (
            [{"tensorflow": "2.4.0", "python": ["3.8", "3.9"]}],
            [{**KNOWN, "python": ["3.7", "3.8", "3.9"], "source": "today"}],
        ),
        ([{"tensorflow": "2.3.9", "python": ["3.8"]}], [KNOWN]),
        (
            [{"tensorflow": "2.3.9", "cuda": "10.1", "cudnn": "7.6", "python": ["3.8"]}],
            [{"tensorflow": "2.3.9", "cuda": "10.1", "cudnn": "7.6", "python": ["3.8"], "source": "today"}, KNOWN],
        ),
    ],
)
def test_what_is_found_is_merged(found: list[Row], expected: list[Row]) -> None:
    assert merged(TENSORFLOW, (KNOWN,), found, "today") == tuple(expected)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.table.name)
def test_a_file_is_written_as_it_stands(reader: Any) -> None:
    name = reader.table.name
    assert reader.table.text(rows_of(Compat.bundled())[name]) == (FOLDER / f"{name}.jsonl").read_text()
