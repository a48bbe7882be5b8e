"""Where weights come from: what a source has, how it is read, what it says when it cannot be."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cogc.ir.diagnostic import CompileError
from cogc.store.patterns import chosen
from cogc.store.sources.folder import FolderSource
from cogc.store.sources.fsspec import FsspecSource
from cogc.store.sources.http import HttpSource
from cogc.store.sources.hub import HubSource
from cogc.store.sources.opening import opened
from cogc.store.sources.source import Found, Inventory, Source
from cogc.store.sources.web import Web

from .folders import digest_of, written
from .servers import COMMIT, Files, serving

LARGE = bytes(range(256)) * 40
FILES = {"config.json": b"{}", "model.bin": LARGE, "sub/part.bin": LARGE[1:]}
HASTY = (0.0, 0.0, 0.0)


def _codes(told: "pytest.ExceptionInfo[CompileError]") -> list[str]:
    return [found.code.id for found in told.value.diagnostics]


def _read(source: Source, found: Found, offset: int = 0) -> bytes:
    return b"".join(source.read(found, offset))


@pytest.fixture
def web() -> Iterator[Web]:
    found = Web(HASTY)
    with closing(found.client):
        yield found


# Folders and files


def test_a_folder(tmp_path: Path) -> None:
    written(tmp_path / "w", {**FILES, ".cog/ready": b"", "sub/.cog": b"kept"})
    source = FolderSource(tmp_path / "w")
    found = source.inventory().files
    assert [(file.path, file.size) for file in found] == [
        ("config.json", 2), ("model.bin", len(LARGE)), ("sub/.cog", 4), ("sub/part.bin", len(LARGE) - 1),
    ]  # fmt: skip
    assert _read(source, found[1]) == LARGE
    assert _read(source, found[1], 100) == LARGE[100:]


def test_a_single_file(tmp_path: Path) -> None:
    written(tmp_path, {"model.bin": LARGE})
    source = FolderSource(tmp_path / "model.bin")
    (found,) = source.inventory().files
    assert (found.path, _read(source, found)) == ("model.bin", LARGE)


def _link(folder: Path) -> None:
    (folder / "link").symlink_to("/etc/passwd")


def _folder_link(folder: Path) -> None:
    (folder / "link").symlink_to(folder)


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "link")


@pytest.mark.parametrize(
    ("make", "message"), [(_link, "symbolic links: link"), (_folder_link, "symbolic links"), (_pipe, "special files")]
)
def test_what_is_no_regular_file_is_refused(tmp_path: Path, make: Callable[[Path], None], message: str) -> None:
    make(written(tmp_path / "w", FILES))
    with pytest.raises(CompileError, match=message) as told:
        FolderSource(tmp_path / "w").inventory()
    assert _codes(told) == ["weight-source-irregular"]  # error[weight-source-irregular]


def test_a_file_that_is_written_meanwhile(tmp_path: Path) -> None:
    path = written(tmp_path, {"model.bin": LARGE}) / "model.bin"
    os.utime(path, (1, 1))
    source = FolderSource(tmp_path)
    (found,) = source.inventory().files
    pieces = source.read(found, 0)
    next(pieces)
    path.write_bytes(b"other")
    with pytest.raises(CompileError) as told:
        list(pieces)
    assert _codes(told) == ["weight-source-changed"]  # error[weight-source-changed]


# Patterns

PATTERNS = {
    "nothing-said": ((), (), ["config.json", "model.bin", "sub/part.bin"]),
    "by-suffix": (("*.bin",), (), ["model.bin", "sub/part.bin"]),
    "at-the-root": (("/*.bin",), (), ["model.bin"]),
    "folder": ((), ("sub/",), ["config.json", "model.bin"]),
    "exclude-wins": (("*.bin",), ("sub/**",), ["model.bin"]),
    "any-depth": (("**/part.*",), (), ["sub/part.bin"]),
    "class": (("[cm]*",), ("*.json",), ["model.bin"]),
}


@pytest.mark.parametrize("case", PATTERNS)
def test_patterns(case: str) -> None:
    include, exclude, left = PATTERNS[case]
    assert list(filter(chosen(include, exclude), FILES)) == left


@pytest.mark.parametrize(("files", "message"), [((), "it has no files"), ((Found("a"),), "leave none of 1")])
def test_nothing_left_is_an_error(files: tuple[Found, ...], message: str) -> None:
    with pytest.raises(CompileError, match=message) as told:
        Inventory(files).taken(chosen((), ("*",)), "./w")
    assert _codes(told) == ["weight-source-empty"]  # error[weight-source-empty]


# A file of a web server


@pytest.mark.parametrize(
    ("headers", "fingerprint"),
    [
        ({"ETag": '"v1"'}, 'etag:"v1"'),
        ({"Last-Modified": "Sun, 22 Nov 2026 00:00:00 GMT"}, "timestamp:Sun, 22 Nov 2026 00:00:00 GMT"),
        ({}, ""),
    ],
)
def test_a_file_of_the_web(web: Web, headers: dict[str, str], fingerprint: str) -> None:
    with serving(Files({"a/model v2.bin": LARGE}, headers)) as server:
        server.contents["a/model%20v2.bin"] = LARGE
        source = HttpSource(f"{server.url}/a/model%20v2.bin?signature=x", web)
        inventory = source.inventory()
        assert inventory.fingerprint == fingerprint
        (found,) = inventory.files
        assert (found.path, found.size) == ("model v2.bin", len(LARGE))
        assert _read(source, found) == LARGE
        assert _read(source, found, 5000) == LARGE[5000:]


def test_a_server_that_knows_no_ranges(web: Web) -> None:
    with serving(Files({"model.bin": LARGE}, knows_ranges=False)) as server:
        source = HttpSource(f"{server.url}/model.bin", web)
        (found,) = source.inventory().files
        assert found.size == len(LARGE)
        assert _read(source, found, 5000) == LARGE[5000:]


FAULTS: dict[str, tuple[tuple[int | str, ...], list[str]]] = {
    "cut": (("cut",), ["", "bytes=5120-"]),
    "cut-twice": (("cut", "cut"), ["", "bytes=5120-", "bytes=7680-"]),
    "busy": ((503, 429, 500), ["", "", "", ""]),
    "busy-in-the-middle": (("cut", 502), ["", "bytes=5120-", "bytes=5120-"]),
}


@pytest.mark.parametrize("case", FAULTS)
def test_what_breaks_off_is_gone_on_with(web: Web, case: str) -> None:
    faults, ranges = FAULTS[case]
    with serving(Files({"model.bin": LARGE}, {"ETag": '"v1"'})) as server:
        source = HttpSource(f"{server.url}/model.bin", web)
        (found,) = source.inventory().files
        server.faults.extend(faults)
        assert _read(source, found) == LARGE
        assert server.ranges == ranges


def test_patience_ends(web: Web) -> None:
    with serving(Files({"model.bin": LARGE})) as server:
        server.faults.extend([503] * 9)
        with pytest.raises(CompileError, match="it answers 503") as told:
            _read(HttpSource(f"{server.url}/model.bin?secret=x", web), Found("model.bin"))
    assert _codes(told) == ["weight-source-unreachable"]  # error[weight-source-unreachable]
    assert "secret" not in str(told.value)


def test_another_file_in_its_place(web: Web) -> None:
    with serving(Files({"model.bin": LARGE}, {"ETag": '"v1"'})) as server:
        source = HttpSource(f"{server.url}/model.bin", web)
        (found,) = source.inventory().files
        server.headers["ETag"] = '"v2"'
        with pytest.raises(CompileError, match="changed while it was imported") as told:
            _read(source, found, 5000)
    assert _codes(told) == ["weight-source-answer"]  # error[weight-source-answer]


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (404, "weight-source-missing"),
        (401, "weight-source-refused"),
        (403, "weight-source-refused"),
        (400, "weight-source-answer"),
    ],
)  # error[weight-source-missing], error[weight-source-refused]
def test_answers_that_no_patience_betters(web: Web, status: int, code: str) -> None:
    with serving(Files({"model.bin": LARGE})) as server:
        server.faults.append(status)
        with pytest.raises(CompileError) as told:
            _read(HttpSource(f"{server.url}/model.bin", web), Found("model.bin"))
    assert _codes(told) == [code]


# The hub


def _hub(server: Files, web: Web, repository: str = "acme/tiny", **environment: str) -> HubSource:
    """No token of the person who runs the tests."""
    variables = {"HF_ENDPOINT": server.url, "HF_HOME": "/nonexistent", **environment}
    return HubSource(repository, "main", variables, web)


def test_a_repository_of_the_hub(web: Web) -> None:
    with serving(Files(FILES)) as server:
        source = _hub(server, web)
        inventory = source.inventory()
        assert inventory.fingerprint == f"commit:{COMMIT}"
        assert [(file.path, file.size, file.digest) for file in inventory.files] == [
            ("config.json", 2, ""),
            ("model.bin", len(LARGE), digest_of(LARGE)),
            ("sub/part.bin", len(LARGE) - 1, digest_of(LARGE[1:])),
        ]
        assert [_read(source, found) for found in inventory.files] == list(FILES.values())
        assert all(COMMIT in path for path, _ in server.asked if "/resolve/" in path)


@pytest.mark.parametrize("name", ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"])
def test_a_token(web: Web, name: str) -> None:
    with serving(Files(FILES, token="secret")) as server:
        assert len(_hub(server, web, **{name: "secret"}).inventory().files) == len(FILES)
        with pytest.raises(CompileError) as told:
            _hub(server, web).inventory()
    assert _codes(told) == ["weight-source-refused"]


def test_the_token_of_a_login(web: Web, tmp_path: Path) -> None:
    written(tmp_path, {"token": b"secret\n"})
    with serving(Files(FILES, token="secret")) as server:
        assert _hub(server, web, HF_HOME=str(tmp_path)).inventory().files


@pytest.mark.parametrize("answer", [b"<html>", b"{}", b"[]", b'{"sha": null}'])
def test_a_server_that_is_no_hub(web: Web, answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(Files()) as server:
        monkeypatch.setattr("tests.store.servers.Handler.listing", lambda self: self.answer(200, answer))
        with pytest.raises(CompileError, match="does not answer as the Hugging Face hub") as told:
            _hub(server, web).inventory()
    assert _codes(told) == ["weight-source-answer"]


def test_a_repository_that_is_not_there(web: Web) -> None:
    with serving(Files()) as server, pytest.raises(CompileError) as told:
        HubSource("acme/none", "v9", {"HF_ENDPOINT": server.url, "HF_HOME": "/nonexistent"}, web).inventory()
    assert _codes(told) == ["weight-source-missing"]


# Storage


def test_storage_that_fsspec_reads() -> None:
    import fsspec  # type: ignore[import-untyped]  # fsspec has no types

    storage = fsspec.filesystem("memory")
    for path, content in FILES.items():
        storage.pipe(f"/bucket/tiny/{path}", content)
    source = FsspecSource("memory://bucket/tiny")
    inventory = source.inventory()
    assert [(file.path, file.size) for file in inventory.files] == [(path, len(FILES[path])) for path in FILES]
    assert [_read(source, found) for found in inventory.files] == list(FILES.values())
    assert _read(source, inventory.files[1], 1000) == LARGE[1000:]
    assert FsspecSource("memory://bucket/tiny").inventory().fingerprint == inventory.fingerprint
    storage.pipe("/bucket/tiny/config.json", b"[]")
    assert FsspecSource("memory://bucket/tiny").inventory().fingerprint != inventory.fingerprint
    single = FsspecSource("memory://bucket/tiny/model.bin")
    (found,) = single.inventory().files
    assert (found.path, _read(single, found)) == ("model.bin", LARGE)


def test_storage_where_nothing_is() -> None:
    with pytest.raises(CompileError) as told:
        FsspecSource("memory://nowhere/tiny").inventory()
    assert _codes(told) == ["weight-source-missing"]


def test_storage_without_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    with pytest.raises(CompileError) as told:
        FsspecSource("gs://bucket/tiny").inventory()
    assert _codes(told) == ["weight-source-unsupported"]  # error[weight-source-unsupported]
    assert told.value.diagnostics[0].help == "pip install gcsfs"


def test_storage_without_fsspec(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(CompileError) as told:
        FsspecSource("s3://bucket/tiny").inventory()
    assert told.value.diagnostics[0].help == "pip install 'cogc[fsspec]'"


# Which is which

KINDS: dict[str, tuple[str, str]] = {
    "bare": ("./w", "FolderSource"),
    "file": ("file:///data/my%20w", "FolderSource"),
    "https": ("https://example.com/a.bin", "HttpSource"),
    "hub": ("hf://acme/tiny@v1", "HubSource"),
    "oci": ("oci://example.com/acme/tiny:v1", "ArtifactSource"),
    "s3": ("s3://bucket/tiny", "FsspecSource"),
}


@pytest.mark.parametrize("case", KINDS)
def test_opening(case: str, tmp_path: Path) -> None:
    uri, kind = KINDS[case]
    with closing(opened(uri, tmp_path, {})) as source:
        assert type(source).__name__ == kind


def test_paths_count_from_the_project(tmp_path: Path) -> None:
    assert opened("./w", tmp_path, {}).place == str(tmp_path / "w")
    assert opened("file:///data/my%20w", tmp_path, {}).place == "/data/my w"
