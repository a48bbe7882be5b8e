"""Layers made to do harm: refused, with nothing outside of the store, and in it only what was expected."""

import gzip
import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cogc.ir.diagnostic import CompileError
from cogc.store.store import Store
from cogc.store.unpack import Packed, unpack
from cogc.weights.files import WeightFile
from cogc.weights.packing import Layer
from cogc.weights.stream import layer_bytes

from .folders import digest_of, file_of, names_in, store_at, stored

FILES = {"a.bin": b"first" * 200, "sub/b.bin": b"second" * 300, "sub/empty": b""}
ENTRIES = tuple(file_of(path, content) for path, content in FILES.items())

Member = tuple[tarfile.TarInfo, bytes]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return store_at(tmp_path / "cache")


def _unpack(store: Store, content: bytes, kind: str = "tar", entries: tuple[WeightFile, ...] = ENTRIES) -> None:
    unpack(store, Packed(digest_of(content), io.BytesIO(content), kind, entries), lambda count: None)


def _ours(kind: "str" = "tar") -> bytes:
    layer = Layer(kind, ENTRIES)  # type: ignore[arg-type]  # one of the kinds, from a table
    return b"".join(layer_bytes(layer, lambda file, offset: iter([FILES[file.path][offset:]])))


@pytest.mark.parametrize("kind", ["tar", "tar+gzip"])
def test_sound_layers(store: Store, kind: str) -> None:
    _unpack(store, _ours(kind), kind)
    assert stored(store) == sorted(file.digest for file in ENTRIES)


def _tar(*members: Member, form: int = tarfile.PAX_FORMAT) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w", format=form) as archive:
        for info, data in members:
            info.size = info.size or len(data)
            archive.addfile(info, io.BytesIO(data))
    return content.getvalue()


def _member(name: str, content: bytes = b"", kind: bytes = tarfile.REGTYPE, link: str = "") -> Member:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info, content


SOUND = tuple(_member(path, content) for path, content in FILES.items())


def test_what_other_tools_pack(store: Store) -> None:
    _unpack(store, _tar(_member("sub", kind=tarfile.DIRTYPE), *SOUND))
    assert stored(store) == sorted(file.digest for file in ENTRIES)


def _patched(content: bytes, place: int, new: bytes) -> bytes:
    """A header with other bytes, and a checksum that fits them."""
    block = bytearray(content[:512])
    block[place : place + len(new)] = new
    block[148:156] = b" " * 8
    block[148:156] = f"{sum(block):06o}\0 ".encode()
    return bytes(block) + content[512:]


def _pax(records: bytes, then: bytes) -> bytes:
    """An extended header with any bytes in it."""
    info = tarfile.TarInfo("PaxHeaders.0/a")
    info.type, info.size = tarfile.XHDTYPE, len(records)
    return info.tobuf(tarfile.USTAR_FORMAT) + records + bytes(-len(records) % 512) + then


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


PLAIN = _tar(*SOUND)
ONE = _tar(_member("a.bin", FILES["a.bin"]))
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "out-of-the-folder": (lambda: _tar(_member("../../evil", b"x")), "does not expect"),
    "absolute": (lambda: _tar(_member("/tmp/cogc-evil", b"x")), "does not expect"),
    "absolute-with-the-right-rest": (lambda: _tar(_member("/a.bin", FILES["a.bin"])), "does not expect"),
    "roundabout": (lambda: _tar(_member("sub/../a.bin", FILES["a.bin"])), "does not expect"),
    "in-the-state-folder": (lambda: _tar(_member(".cog/ready", b"")), "does not expect"),
    "not-in-the-lock": (lambda: _tar(*SOUND, _member("more.bin", b"x")), "does not expect"),
    "twice": (lambda: _tar(*SOUND, _member("a.bin", FILES["a.bin"])), "does not expect"),
    "folder-not-in-the-lock": (lambda: _tar(_member("other", kind=tarfile.DIRTYPE)), "the folder 'other'"),
    "folder-outside": (lambda: _tar(_member("../other", kind=tarfile.DIRTYPE)), "the folder '../other'"),
    "folder-that-is-a-file": (lambda: _tar(_member("a.bin", kind=tarfile.DIRTYPE)), "the folder 'a.bin'"),
    "symbolic-link": (lambda: _tar(_member("a.bin", kind=tarfile.SYMTYPE, link="/etc/passwd")), "a link"),
    "hard-link": (lambda: _tar(_member("a.bin", kind=tarfile.LNKTYPE, link="../../x")), "a link"),
    "device": (lambda: _tar(_member("a.bin", kind=tarfile.BLKTYPE)), "special file"),
    "pipe": (lambda: _tar(_member("a.bin", kind=tarfile.FIFOTYPE)), "special file"),
    "sparse": (lambda: _tar(_member("a.bin", kind=tarfile.GNUTYPE_SPARSE)), "special file"),
    "gnu-long-name": (lambda: _tar(_member("x" * 200, b"x"), form=tarfile.GNU_FORMAT), "special file"),
    "global-header": (lambda: _patched(_pax(b"", b""), 156, b"g"), "special file"),
    "larger-than-in-the-lock": (lambda: _tar(_member("a.bin", b"x" * 5000)), "has 5000 bytes in it, not 1000"),
    "size-bomb-in-the-header": (lambda: _patched(ONE, 124, b"77777777777\0"), "not 1000"),
    "size-bomb-in-a-record": (lambda: _pax(b"22 size=8796093022208\n", ONE), "not 1000"),
    "negative-size": (lambda: _patched(ONE, 124, b"\xff" * 12), "negative size"),
    "size-that-is-no-number": (lambda: _pax(b"11 size=1e3\n"[:12].replace(b"11", b"12"), ONE), "no number"),
    "records-bomb": (lambda: _patched(_pax(b"x" * 512, b""), 124, b"00777777777\0"), "a header of it has"),
    "records-without-sense": (lambda: _pax(b"nonsense", ONE), "extended header"),
    "record-that-overruns": (lambda: _pax(b"999 path=a\n", ONE), "extended header"),
    "record-of-no-length": (lambda: _pax(b"0 path=a\n", ONE), "extended header"),
    "checksum": (lambda: ONE[:10] + b"x" + ONE[11:], "cannot be read"),
    "empty": (lambda: b"", "ends in the middle"),
    "cut-in-a-header": (lambda: PLAIN[:200], "ends in the middle"),
    "cut-in-a-file": (lambda: PLAIN[:900], "ends in the middle"),
    "cut-between-files": (lambda: PLAIN[:2048], "ends in the middle"),
    "not-all": (lambda: ONE, "'sub/b.bin' is not in it"),
    "no-tar": (lambda: b"MZ" * 4096, "cannot be read"),
    "gzip-where-tar-was-said": (lambda: _gzip(PLAIN) + bytes(512), "cannot be read"),
}


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.parametrize("kind", ["tar", "tar+gzip"])
def test_hostile_layers(store: Store, case: str, kind: str, tmp_path: Path) -> None:
    made, message = HOSTILE[case]
    content = made() if kind == "tar" else _gzip(made())
    with pytest.raises(CompileError, match=message) as told:
        _unpack(store, content, kind)
    assert [found.code.id for found in told.value.diagnostics] == ["weights-unsafe"]  # error[weights-unsafe]
    assert set(stored(store)) <= {file.digest for file in ENTRIES}, "what is expected, or nothing"
    assert names_in(store.incoming) == []
    assert {path.name for path in tmp_path.iterdir()} == {"cache"}


GZIP = {
    "no-gzip": (b"plain bytes", "decompressed"),
    "cut": (_gzip(PLAIN)[:60], "ends in the middle"),
    "damaged": (_gzip(PLAIN)[:40] + b"\xff\xff\xff" + _gzip(PLAIN)[43:], "decompressed|cannot be read|not what it"),
}


@pytest.mark.parametrize("case", GZIP)
def test_compression_that_is_broken(store: Store, case: str) -> None:
    content, message = GZIP[case]
    with pytest.raises(CompileError, match=message):
        _unpack(store, content, "tar+gzip")
    assert set(stored(store)) <= {file.digest for file in ENTRIES}


def test_a_compression_bomb_is_not_unrolled(store: Store) -> None:
    """64 MiB of zeros behind a sound beginning: they are neither kept nor waited for."""
    bomb = _gzip(_tar(_member("a.bin", bytes(64 << 20))))
    with pytest.raises(CompileError, match="has 67108864 bytes in it, not 1000"):
        _unpack(store, bomb, "tar+gzip")
    assert stored(store) == []


def test_wrong_content_of_the_right_size(store: Store) -> None:
    with pytest.raises(CompileError) as told:
        _unpack(store, _tar(_member("a.bin", b"X" * 1000)))
    assert [found.code.id for found in told.value.diagnostics] == ["weights-corrupt"]  # error[weights-corrupt]
    assert names_in(store.root) == []
