"""Ignore rules, as Docker reads them. That Docker agrees is tested with the engine."""

import pytest

from cogc.deliver.ignore import parse_ignore

RULES = [
    # lines of the file, paths that are left out, paths that stay
    ("data", ["data", "data/a.bin"], ["src/data", "data2"]),
    ("/data/", ["data", "data/a.bin"], ["src/data"]),
    ("**/data", ["data", "src/data", "src/deep/data/x"], ["src/database"]),
    ("*.bin", ["a.bin"], ["src/a.bin", "a.bin.txt"]),
    ("**/*.bin", ["a.bin", "src/a.bin"], ["a.txt"]),
    ("src/**", ["src/a", "src/b/c"], ["lib/src"]),
    ("src/**/x", ["src/x", "src/a/b/x"], ["x"]),
    ("a?c", ["abc"], ["ac", "a/c"]),
    ("[ab].txt", ["a.txt", "b.txt"], ["c.txt"]),
    ("[^ab].txt", ["c.txt"], ["a.txt"]),
    ("*\n!keep.txt", ["a.txt", "src/a"], ["keep.txt"]),
    ("data\n!data/keep", ["data/other"], ["data/keep"]),
    ("!data/keep\ndata", ["data/keep"], []),
    ("# data\n\n  \nx", ["x"], ["data", "# data"]),
    ("a+b(c)$", ["a+b(c)$"], ["aab"]),
    ("\\*.txt", ["*.txt"], ["a.txt"]),
    ("./data", ["data"], []),
    ("", [".git/config", ".cog/build/0", "a/__pycache__/x.pyc"], [".gitignore", "cog.yaml"]),
    ("!.git", [".git/config"], []),
]


@pytest.mark.parametrize(("text", "out", "kept"), RULES, ids=[repr(row[0]) for row in RULES])
def test_rules(text: str, out: list[str], kept: list[str]) -> None:
    ignore = parse_ignore(text)
    assert [path for path in out if not ignore.excludes(path)] == []
    assert [path for path in kept if ignore.excludes(path)] == []


@pytest.mark.parametrize(("text", "all_below"), [("data", True), ("data\n!data/keep", False), ("other", False)])
def test_a_folder_is_skipped_whole_only_when_nothing_in_it_can_be_kept(text: str, all_below: bool) -> None:
    assert parse_ignore(text).excludes_all_below("data") is all_below
