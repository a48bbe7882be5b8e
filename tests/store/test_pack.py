"""Small files that come in together: named when all are on the disk, kept when the next one fails, gone when killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cogc.ir.diagnostic import CompileError
from cogc.store.follow import Following, beside
from cogc.store.layers import digested
from cogc.store.pack import together
from cogc.store.receive import Expected, Read, unfollowed
from cogc.store.store import Store
from cogc.weights.packing import Layer

from .folders import digest_of, file_of, keep, names_in, store_at, stored

CONTENTS = [b"", b"a" * 700, b"b" * 5000]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return store_at(tmp_path / "cache")


def _silent(count: int) -> None:
    """Nobody looks."""


def _gives(content: bytes) -> Read:
    return lambda offset: iter([content])


def _take_all(store: Store, *expected: Expected) -> None:
    with together(store) as pack:
        for each, content in zip(expected, CONTENTS, strict=False):
            pack.take(each, _gives(content), _silent, unfollowed)
            assert stored(store) == [], "no name before all are on the disk"


def test_files_come_in_together(store: Store) -> None:
    _take_all(store, *(Expected(f"{number}.bin", len(content)) for number, content in enumerate(CONTENTS)))
    assert stored(store) == sorted(map(digest_of, CONTENTS))
    assert {store.path_of(digest).stat().st_mode & 0o777 for digest in stored(store)} == {0o444}
    assert names_in(store.incoming) == []


def test_those_before_a_wrong_one_are_kept(store: Store) -> None:
    with pytest.raises(CompileError, match="it has 5000 bytes, not 3"):
        _take_all(store, Expected("a"), Expected("b"), Expected("c", 3))
    assert stored(store) == sorted(map(digest_of, CONTENTS[:2]))
    assert names_in(store.incoming) == []


KILLED = """
import os, signal
from cogc.store.pack import together
from cogc.store.receive import Expected, unfollowed
from cogc.store.store import Store

with together(Store.open()) as pack:
    for number in range(3):
        pack.take(Expected(str(number)), lambda offset: iter([bytes([number])]), lambda count: None, unfollowed)
    print("taken", flush=True)
    os.kill(os.getpid(), signal.SIGSTOP)
"""


@pytest.fixture
def stopped(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process that has three files on their way in."""
    environment = {**os.environ, "COG_CACHE_DIR": str(tmp_path / "cache")}
    with subprocess.Popen([sys.executable, "-c", KILLED], env=environment, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        assert child.stdout.readline() == "taken\n"
        yield child
        child.kill()


def test_what_a_killed_process_had_taken_has_no_name_and_goes(tmp_path: Path, stopped: "subprocess.Popen[str]") -> None:
    (pack,) = (tmp_path / "cache").rglob("pack-*")
    for path in (pack / "lock", pack):
        os.utime(path, (time.time() - 3600,) * 2)
    store = store_at(tmp_path / "cache")
    assert (stored(store), pack.is_dir()) == ([], True), "its process may still go on with it"
    stopped.send_signal(signal.SIGKILL)
    stopped.wait()
    store = store_at(tmp_path / "cache")
    assert (stored(store), names_in(store.incoming)) == ([], [])


LAYERS = {
    "one": {"model.bin": b"m" * 1025},
    "whole blocks": {"model.bin": b"m" * 1024},
    "folders and empty files": {"a/empty": b"", "a/one": b"1" * 600, "b/c/empty": b"", "b/two": b"2" * 512, "z": b""},
    "nothing but empty files": {"a": b"", "b/c": b""},
    "a name that the header has no room for": {f"{'long/' * 40}name": b"x"},
}


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_is_digested_while_its_files_come_in(name: str, store: Store) -> None:
    """With the result of digesting it from the store."""
    files = LAYERS[name]
    layer = Layer("tar", tuple(file_of(path, content) for path, content in sorted(files.items())))
    following = Following(layer)
    for file in layer.entries:
        keep(store, files[file.path])
        with beside(following.hear) as hear:
            for place in range(0, file.size, 100):
                hear(files[file.path][place : place + 100])
        following.ended(file)
    assert following.facts() == digested(store, layer, _silent)
