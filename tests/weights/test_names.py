"""Names that no set may hold: those that attack whoever unpacks them, and those that mean two things."""

import pytest

from cogc.ir.diagnostic import CompileError
from cogc.weights.digest import digest_of
from cogc.weights.files import WeightFile, WeightSet
from cogc.weights.names import bad_names, name_fault

BAD = {
    "": "is blank",
    "/etc/passwd": "is absolute",
    "//host/share": "is absolute",
    "..": "leads out of its folder by `..`",
    "../x": "leads out of its folder by `..`",
    "a/../../x": "leads out of its folder by `..`",
    "a/..": "leads out of its folder by `..`",
    "a//b": "has a blank part or a `.` between its slashes",
    "a/": "has a blank part or a `.` between its slashes",
    "./a": "has a blank part or a `.` between its slashes",
    "a/./b": "has a blank part or a `.` between its slashes",
    "..\\x": "has a backslash",
    "C:\\x": "has a backslash",
    "a\0b": "has a control character",
    "a\nb": "has a control character",
    "a\x1b[31m": "has a control character",
    "a\x7f": "has a control character",
    "é\x85": "has a control character",
    "a\udc80": "is not Unicode text",
    ".cog": "lies in `.cog`, which is kept for the state of the weights",
    ".cog/ready": "lies in `.cog`, which is kept for the state of the weights",
    ".wh.model.bin": "begins with `.wh.`, by which layers delete files",
    "a/.wh..wh..opq": "begins with `.wh.`, by which layers delete files",
    "x" * 256: "is longer than a file system takes",
    "é" * 128: "is longer than a file system takes",
    "d/" * 2048 + "x": "is longer than a file system takes",
}
GOOD = (
    *("a", "model.safetensors", "a/b/c.bin", "...", "..a", "a..b/c", ".hidden", "a/.cog", ".cogs/x", "-rf", "~", "C:x"),
    *("with blank", "模型/权重.bin", "é" * 127, "x" * 255, "a=b&c=<d>", "'\"$(x)`", "con", "a.wh.b", " "),
)


@pytest.mark.parametrize("path", BAD, ids=lambda path: ascii(path)[:40])
def test_refused(path: str) -> None:
    assert name_fault(path) == BAD[path]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: ascii(path)[:40])
def test_accepted(path: str) -> None:
    assert name_fault(path) == ""


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        (("a", "b", "a"), ["'a' stands there twice"]),
        (("a/b", "a"), ["'a' is a file and a folder at once"]),
        (("a", "a-b", "a/b/c"), ["'a' is a file and a folder at once"]),
        (
            ("a/b", "a/b/c", "a/b/d", "a"),
            ["'a' is a file and a folder at once", "'a/b' is a file and a folder at once"],
        ),
        (("b/../../x", "/a"), ["'/a' is absolute", "'b/../../x' leads out of its folder by `..`"]),
        (("a", "ab", "a.b", "b/a", "c/a"), []),
    ],
)
def test_names_together(paths: tuple[str, ...], told: list[str]) -> None:
    assert [str(bad) for bad in bad_names(paths)] == told


def test_a_set_refuses_them_all_at_once() -> None:
    digest = digest_of(b"")
    with pytest.raises(CompileError) as caught:
        WeightSet("base", "/w", (WeightFile("../x", 0, digest), WeightFile("/y", 0, digest)))
    assert [(found.code.id, found.message) for found in caught.value.diagnostics] == [
        ("weight-file-name", "weights 'base': the file '../x' leads out of its folder by `..`"),
        ("weight-file-name", "weights 'base': the file '/y' is absolute"),
    ]


@pytest.mark.parametrize(
    ("size", "digest"), [(1, "sha256:abc"), (1, "md5:" + "a" * 32), (1, "sha256:" + "A" * 64), (-1, digest_of(b""))]
)
def test_a_set_refuses_files_that_nobody_could_check(size: int, digest: str) -> None:
    with pytest.raises(CompileError) as caught:
        WeightSet("base", "/w", (WeightFile("model.bin", size, digest),))
    assert [found.code.id for found in caught.value.diagnostics] == ["weight-file-digest"]
