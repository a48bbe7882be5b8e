"""Packages that lie in the project, and files that limit the versions of others."""

import pytest

from cogc.ir.requirement import LocalFile, LocalFolder, LocalLinks

from .projects import REQUIREMENTS, faults, lines, spec

LOCAL = {
    "wheels/a-1.0-py3-none-any_whl": "",
    "wheels/b c_zip": "",
    "deep/d-1_tar.gz": "",
    "wheels/b,c_zip": "",
    "top_zip": "",
    "pkg/pyproject_toml": "",
    "old/setup_py": "",
    "bare/x_py": "",
    "of ours/setup_py": "",
}


@pytest.mark.parametrize(
    ("written", "told", "path"),
    [
        ("./wheels/a-1.0-py3-none-any.whl", "./wheels/a-1.0-py3-none-any.whl", "wheels/a-1.0-py3-none-any.whl"),
        ("wheels/../deep/d-1.tar.gz", "./deep/d-1.tar.gz", "deep/d-1.tar.gz"),
        ("./deep/d-1.tar.gz[x,y] ; os_name == 'posix' --hash=sha256:ab",
         "./deep/d-1.tar.gz[x,y] ; os_name == 'posix' --hash=sha256:ab", "deep/d-1.tar.gz"),
        ("d[x] @ ./deep/d-1.tar.gz", "d[x] @ ./deep/d-1.tar.gz", "deep/d-1.tar.gz"),
        ("top.zip[x]; os_name == 'posix'", "./top.zip[x] ; os_name == 'posix'", "top.zip"),
        ("./pkg", "./pkg", "pkg"),
        ("pkg/", "./pkg", "pkg"),
        ("-e ./old[x]", "-e ./old[x]", "old"),
        ("--editable=./pkg", "-e ./pkg", "pkg"),
        ("./wheels/b c.zip ; os_name == 'posix'", "./wheels/b c.zip ; os_name == 'posix'", "wheels/b c.zip"),
        ('-e "./of ours"', "-e ./of ours", "of ours"),
    ],
)  # fmt: skip
def test_packages_of_the_project(written: str, told: str, path: str) -> None:
    (line,) = lines(written, **LOCAL)
    assert isinstance(line, LocalFile if path.endswith(("whl", "gz", "zip")) else LocalFolder)
    assert (line.text, line.path) == (told, path)


@pytest.mark.parametrize(
    ("written", "path"),
    [("--find-links ./wheels", "wheels"), ("-f 'of ours/'", "of ours"), ("--find-links=.", ".")],
)
def test_folders_of_links(written: str, path: str) -> None:
    (line,) = lines(written, **LOCAL)
    assert isinstance(line, LocalLinks)
    assert (line.text, line.path) == ("--find-links ." if path == "." else f"--find-links ./{path}", path)


def test_a_path_counts_from_the_file_that_names_it() -> None:
    (line,) = lines("-r deep/more.txt", **{"deep/more_txt": "./d-1.tar.gz"}, **LOCAL)
    assert line.text == "./deep/d-1.tar.gz"


def test_the_project_itself() -> None:
    (line,) = lines("-e .", setup_py="")
    assert (line.text, isinstance(line, LocalFolder) and line.path) == ("-e .", ".")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("./wheels/b,c.zip", "requirement-local"),
        ("--find-links ./top.zip", "requirement-local"),
        ("-f nowhere", "requirement-local"),
        ("--index-url ./wheels", "requirement-local"),
        ("./bare", "requirement-local"),
        ("-e ./deep/d-1.tar.gz", "requirement-local"),
        ("./pkg ; os_name = 'a'", "requirement-marker"),
    ],
)
def test_packages_that_cannot_be_installed(written: str, code: str) -> None:
    assert [found_code for found_code, _ in faults(written, **LOCAL)] == [code]


def test_constraints_limit_and_install_nothing() -> None:
    files = {"deep/c_txt": "numpy<2 ; os_name == 'posix'  # why\n-r more.txt\n--pre\n", "deep/more_txt": "scipy==1.0\n"}
    found_spec = spec(REQUIREMENTS, req_txt="pandas\n-c deep/c.txt\n", **files)
    assert [line.text for line in found_spec.requirements] == ["pandas", "--pre"]
    assert [(line.text, line.span.source.name) for line in found_spec.constraints] == [
        ("numpy<2 ; os_name == 'posix'", "deep/c.txt"), ("scipy==1.0", "deep/more.txt")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("constraints", "expected"),
    [
        ("numpy[x]==1", ("requirement-constraint", "numpy[x]==1")),
        ("./a.whl", ("requirement-constraint", "./a.whl")),
        ("https://x.org/a.whl", ("requirement-constraint", "https://x.org/a.whl")),
        ("numpy=1", ("requirement-syntax", "=1")),
        ("numpy==2", ("requirement-conflict", "numpy==2")),
        ("-c c.txt", ("requirement-cycle", "c.txt")),
    ],
)
def test_constraints_that_limit_nothing(constraints: str, expected: tuple[str, str]) -> None:
    assert faults("numpy==1\n-c c.txt", c_txt=constraints) == [expected]
