"""The same against a registry that people run: distribution's own."""

import json
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from cogc.ir.diagnostic import CompileError
from cogc.registry.client import Registry
from cogc.registry.publish import Named, publish
from cogc.registry.push import push_blobs
from cogc.registry.reference import Reference
from cogc.registry.retry import Patience
from cogc.registry.settings import Settings

from .blobs import MIB, REPOSITORY, SMALL, client, digest_of, left_in, noise, pull, push, source, wanted_whole
from .test_processes import command, run, started

pytestmark = pytest.mark.engine

LARGE, SMALL_ONE = noise(9 * MIB + 3, 11), noise(MIB // 2, 12)
_PROGRAM = "docker-registry"


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("storage")


@pytest.fixture(scope="module")
def host(storage: Path) -> Iterator[str]:
    """One for this module alone, from the distribution's package of that name."""
    if shutil.which(_PROGRAM) is None:
        pytest.fail(f"these tests start `{_PROGRAM}` (Debian and Ubuntu: apt-get install {_PROGRAM})", pytrace=False)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    settings = {"version": "0.1", "log": {"level": "error", "accesslog": {"disabled": True}}}
    settings |= {"storage": {"filesystem": {"rootdirectory": str(storage)}}, "http": {"addr": address}}
    (storage / "config.json").write_text(json.dumps(settings))
    argv = [_PROGRAM, "serve", str(storage / "config.json")]
    with subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _await(address)
            yield address
        finally:
            server.terminate()


def _await(address: str) -> None:
    """The client's own patience, with a server that starts."""
    with Registry(address, {}, Patience(tries=100, first=0.1, longest=0.2)) as registry:
        registry.has_blob("any/thing", digest_of(b""))


def test_blobs_manifests_and_files_make_the_round(host: str, tmp_path: Path) -> None:
    contents = [LARGE, SMALL_ONE, b"", noise(5)]
    kind = "application/vnd.oci.image.manifest.v1+json"
    config = {"mediaType": "application/x", "digest": digest_of(SMALL_ONE), "size": len(SMALL_ONE)}
    manifest = json.dumps({"schemaVersion": 2, "mediaType": kind, "config": config, "layers": []}, indent=3).encode()
    place = Reference(host, REPOSITORY, "v1")
    with client(host) as registry:
        blobs = map(source, contents)
        (digest,) = publish(registry, REPOSITORY, blobs, [Named(place, kind, manifest)], tmp_path / "journal", SMALL)
        assert registry.get_manifest(place).content == manifest
        assert registry.get_manifest(Reference(host, REPOSITORY, digest=digest)).media_type == kind
        assert registry.get_blob(REPOSITORY, digest_of(SMALL_ONE), len(SMALL_ONE)) == SMALL_ONE
        assert registry.tags(REPOSITORY) == ("v1",)
    wanted = [wanted_whole(content, tmp_path) for content in contents]
    pull(client(host), tmp_path, *wanted)
    assert [item.path.read_bytes() for item in wanted] == contents
    assert left_in(tmp_path) == []
    assert {event.phase for event in push(client(host), tmp_path, *map(source, contents))} == {"present"}


def test_a_blob_is_mounted_and_not_sent(host: str, tmp_path: Path) -> None:
    content = noise(3 * MIB, 13)
    blob = source(content, REPOSITORY)
    push(client(host), tmp_path, blob)
    with client(host) as registry:
        seen: list[str] = []
        push_blobs(registry, "second/model", [blob], tmp_path, Settings(), lambda event: seen.append(event.phase))
        assert seen == ["mounted"]
        assert registry.has_blob("second/model", blob.digest)


@pytest.mark.parametrize("signal_", [signal.SIGKILL, signal.SIGINT])
def test_a_push_that_ends_early_is_taken_up(signal_: signal.Signals, host: str, tmp_path: Path) -> None:
    content = noise(40 * MIB, 14 + signal_)
    path, digest = tmp_path / "weights", digest_of(content)
    path.write_bytes(content)
    with started(command("push", host, path, digest, f"pause={5 * MIB}")) as process:
        assert process.stdout is not None
        next(line for line in process.stdout if json.loads(line)[1] >= 5 * MIB)
        process.send_signal(signal_)
        process.communicate()
    (state,) = (tmp_path / "journal").glob("*.json")
    confirmed = json.loads(state.read_text())["offset"]
    assert 4 * MIB <= confirmed < len(content)
    again = run(command("push", host, path, digest))
    assert (again.returncode, again.stderr) == (0, "")
    first = json.loads(again.stdout.splitlines()[0])
    if signal_ == signal.SIGINT:
        assert first == ["moving", confirmed], "this registry keeps an upload only if no chunk of it is cut"
    target = wanted_whole(content, tmp_path)
    pull(client(host), tmp_path, target)
    assert target.path.read_bytes() == content
    assert not list((tmp_path / "journal").iterdir())


def test_storage_that_rots_is_noticed(host: str, storage: Path, tmp_path: Path) -> None:
    content = noise(4 * MIB, 15)
    push(client(host), tmp_path, source(content))
    digest = digest_of(content).removeprefix("sha256:")
    (data,) = storage.glob(f"**/{digest}/data")
    data.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(CompileError) as raised:
        pull(client(host), tmp_path, wanted_whole(content, tmp_path))
    assert raised.value.diagnostics[0].code.id == "blob-mismatch"
    assert not list((tmp_path / "files").glob("*"))
