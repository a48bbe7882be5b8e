"""The content store: a name only for what is whole, whatever happens meanwhile."""

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cogc.ir.diagnostic import CompileError
from cogc.store.receive import Expected, receive
from cogc.store.store import Store

from .folders import digest_of, keep, names_in, store_at, stored

CONTENT = bytes(range(256)) * 4096


def _silent(count: int) -> None:
    """Nobody looks."""


def _in_pieces(content: bytes, offset: int) -> Iterator[bytes]:
    for place in range(offset, len(content), 1000):
        yield content[place : place + 1000]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return store_at(tmp_path / "cache")


def test_a_file_comes_in(store: Store) -> None:
    found = receive(store, Expected("a.bin"), lambda offset: _in_pieces(CONTENT, offset), _silent)
    assert (found.digest, found.size) == (digest_of(CONTENT), len(CONTENT))
    assert store.path_of(found.digest).read_bytes() == CONTENT
    assert store.path_of(found.digest).stat().st_mode & 0o777 == 0o444
    assert names_in(store.incoming) == []


WRONG = {
    "digest": (Expected("a.bin", len(CONTENT), digest_of(b"other")), CONTENT, f"its digest is {digest_of(CONTENT)}"),
    "short": (Expected("a.bin", len(CONTENT) + 1), CONTENT, f"it has {len(CONTENT)} bytes"),
    "long": (Expected("a.bin", 10), CONTENT, "it has 1000 bytes, not 10"),
    "short-with-key": (Expected("a.bin", len(CONTENT) + 1, key="k"), CONTENT, f"it has {len(CONTENT)} bytes"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_bytes_get_no_name(store: Store, case: str) -> None:
    expected, content, message = WRONG[case]
    with pytest.raises(CompileError, match=message) as told:
        receive(store, expected, lambda offset: _in_pieces(content, offset), _silent)
    assert [found.code.id for found in told.value.diagnostics] == ["weights-corrupt"]
    assert stored(store) == []
    assert names_in(store.incoming) == []


def _breaking(content: bytes, offset: int, at: int) -> Iterator[bytes]:
    for piece in _in_pieces(content, offset):
        yield piece
        offset += len(piece)
        if offset >= at:
            raise ConnectionError("cut")


def test_what_has_a_key_is_gone_on_with(store: Store) -> None:
    expected = Expected("a.bin", len(CONTENT), digest_of(CONTENT), "https://example.com/a.bin etag")
    with pytest.raises(ConnectionError):
        receive(store, expected, lambda offset: _breaking(CONTENT, offset, 500_000), _silent)
    assert stored(store) == []
    asked = []

    def read(offset: int) -> Iterator[bytes]:
        asked.append(offset)
        return _in_pieces(CONTENT, offset)

    receive(store, expected, read, _silent)
    assert asked == [500_000]
    assert stored(store) == [digest_of(CONTENT)]


def test_what_has_no_key_leaves_nothing(store: Store) -> None:
    with pytest.raises(ConnectionError):
        receive(store, Expected("a.bin"), lambda offset: _breaking(CONTENT, offset, 500_000), _silent)
    assert names_in(store.root) == []


def test_two_at_once_do_not_disturb_each_other(store: Store) -> None:
    """The same file under the same key, from two sides at once."""
    expected = Expected("a.bin", len(CONTENT), digest_of(CONTENT), "key")
    met = threading.Barrier(2)

    def read(offset: int) -> Iterator[bytes]:
        met.wait(30)
        return _in_pieces(CONTENT, offset)

    threads = [threading.Thread(target=receive, args=(store, expected, read, _silent)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.path_of(digest_of(CONTENT)).read_bytes() == CONTENT
    assert names_in(store.incoming) == []


SLOW = """
import sys, time
from cogc.store.receive import Expected, receive
from cogc.store.store import Store

def read(offset):
    print(offset, flush=True)
    for place in range(offset, 1 << 20, 1 << 16):
        if place >= 1 << 19 and sys.argv[1] == "stop":
            print("half", flush=True)
            time.sleep(60)
        yield bytes(1 << 16)

print(receive(Store.open(), Expected("a", 1 << 20, key="k"), read, lambda count: None).digest)
"""


def _slow(cache: Path, how: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "COG_CACHE_DIR": str(cache)}
    return subprocess.Popen([sys.executable, "-c", SLOW, how], env=environment, stdout=subprocess.PIPE, text=True)


def test_a_process_that_is_killed_leaves_no_name(tmp_path: Path) -> None:
    store = store_at(tmp_path / "cache")
    with _slow(tmp_path / "cache", "stop") as killed:
        assert killed.stdout
        assert [killed.stdout.readline() for _ in range(2)] == ["0\n", "half\n"]
        killed.send_signal(signal.SIGKILL)
    assert stored(store) == []
    with _slow(tmp_path / "cache", "on") as second:
        assert second.stdout
        begun, digest = second.stdout.read().split()
    assert 0 < int(begun) <= 1 << 19
    assert stored(store) == [digest] == [digest_of(bytes(1 << 20))]


def test_a_full_disk_is_told(store: Store) -> None:
    """A limit on the size of files fails a write as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 18, before[1]))
    try:
        with pytest.raises(CompileError) as told:
            receive(store, Expected("a.bin"), lambda offset: _in_pieces(CONTENT, offset), _silent)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert "there is no room left" in str(told.value)
    assert [found.code.id for found in told.value.diagnostics] == ["disk-full"]  # error[disk-full]
    assert stored(store) == []


def test_leftovers_of_killed_processes_go(tmp_path: Path) -> None:
    store = store_at(tmp_path / "cache")
    old, young = store.incoming / "new-1", store.incoming / "new-2"
    for path in (old, young):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 3600,) * 2)
    store_at(tmp_path / "cache")
    assert names_in(store.incoming) == ["new-2"]


def test_a_file_that_lost_its_end_does_not_count(store: Store) -> None:
    digest = keep(store, CONTENT)
    assert store.has(digest, len(CONTENT))
    store.path_of(digest).chmod(0o644)
    store.path_of(digest).write_bytes(b"")
    assert not store.has(digest, len(CONTENT))


def test_nothing_is_removed_while_others_bring_files(store: Store) -> None:
    with store.in_use(), store.in_use(), pytest.raises(CompileError) as told, store.to_itself():
        pass
    assert [found.code.id for found in told.value.diagnostics] == ["store-in-use"]  # error[store-in-use]
