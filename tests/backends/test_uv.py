"""Flags of uv for what a requirements file says in pip's words."""

import pytest

from cogc.backends import host, uv
from cogc.ir.recipe import InstallProjects, InstallRequirements, Recipe

from .recipes import full, gpu

BEST = ("--index-strategy", "unsafe-best-match")


@pytest.mark.parametrize(
    ("lines", "flags"),
    [
        ((), BEST),
        (("six==1.16.0", "--extra-index-url https://example.org/simple"), BEST),
        (("--pre",), (*BEST, "--prerelease", "allow")),
        (("--trusted-host example.org",), (*BEST, "--allow-insecure-host", "example.org")),
        (("--trusted-host=example.org",), (*BEST, "--allow-insecure-host", "example.org")),
    ],
)
def test_flags(lines: tuple[str, ...], flags: tuple[str, ...]) -> None:
    assert uv.flags(lines) == flags


FILES = uv.Files("/r", "", "/w")


@pytest.mark.parametrize(
    ("lines", "files", "installs"),
    [
        ((), FILES, ((*BEST, "/w"),)),
        (("six",), FILES, ((*BEST, "-r", "/r", "/w"),)),
        (("six",), uv.Files("/r", "/c", "/w"), ((*BEST, "-c", "/c", "-r", "/r", "/w"),)),
        (("--require-hashes", "six==1 --hash=sha256:a"), FILES,
         ((*BEST, "--require-hashes", "-r", "/r"), (*BEST, "-r", "/r", "/w"))),
    ],
)  # fmt: skip
def test_packages(lines: tuple[str, ...], files: uv.Files, installs: tuple[tuple[str, ...], ...]) -> None:
    assert uv.packages(lines, files) == installs


def test_hashes_are_required_by_a_flag_alone() -> None:
    assert uv.listing(("--require-hashes", "six==1 --hash=sha256:a")) == "six==1 --hash=sha256:a\n"


def test_the_host_tells_all_that_an_image_would_have() -> None:
    found = host.differences(full(), "3.11.7")
    assert [text.split(" ")[0] for text in found] == ["the", "Python", "system", "a"]
    assert "CUDA is what this machine has" in host.differences(gpu(), "3.12.1")


@pytest.mark.parametrize(
    ("lines", "folders", "copied"),
    [
        (("-e ./a", "./b", "six"), ("a", "b"), ("w.whl", "b")),
        (("c @ ./deep/c ; os_name == 'a'", "-e ./d[x]"), ("deep/c", "d"), ("w.whl", "deep/c")),
        (("-e .", "six"), (".",), ("w.whl",)),
        ((".[x]",), (".",), ("w.whl", ".")),
    ],
)
def test_what_is_installed_and_not_linked_to(
    lines: tuple[str, ...], folders: tuple[str, ...], copied: tuple[str, ...]
) -> None:
    steps = (InstallRequirements((), files=("w.whl",)), InstallProjects(lines, folders))
    assert host.copied(Recipe("debian", "3.12", steps)) == copied


def test_the_wanted_python_is_no_difference() -> None:
    assert not any(text.startswith("Python") for text in host.differences(full(), "3.12.9"))
