"""Weights to a registry and back: cogc, oras-py, skopeo, `cp` and SHA-256 side by side, each in a process of its own.

`python benchmarks/weights.py [--rounds 3] [--set 2gib|4gib|64mib] [--sink] [--folder DIR]` needs docker-registry and
skopeo, four times the set on the disk, and for oras-py, which reads a file whole, twice its largest file in memory.
With `--sink` there are only pushes, into a registry that looks at nothing.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Thread

from weights_clients import REPOSITORY, TAG, digest_of, files_of

MIB = 1 << 20
CLIENTS = Path(__file__).with_name("weights_clients.py")
# 72 files of 1 MiB to 1 GiB, 2 GiB together; one large file; and what tells in seconds that all of it runs.
SETS = {"2gib": [1024, *[160] * 4, *[32] * 9, *[4] * 13, *[1] * 44, 0], "4gib": [4096], "64mib": [*[16] * 3, *[1] * 16]}
SETS["2gib"][-1] = 2048 - sum(SETS["2gib"])


PREDICT = """from cog import BasePredictor

class Predictor(BasePredictor):
    def predict(self) -> str:
        return ""
"""


@dataclass(frozen=True)
class Run:
    """Seconds, seconds of CPU, bytes of resident memory."""

    wall: float
    cpu: float
    peak: int


def make(folder: Path, sizes: list[int]) -> None:
    """Random files, and what an import would know of them."""
    folder.mkdir(parents=True)
    for number, size in enumerate(sizes):
        with (folder / f"part-{number:03}.safetensors").open("wb") as file:
            for _ in range(size):
                file.write(os.urandom(MIB))
    digests = {path.name: digest_of(path) for path in files_of(folder)}
    (folder / "digests.json").write_text(json.dumps(digests))


def project(source: Path, folder: Path) -> None:
    """A model with the same files as its weights, for the commands of cogc; imported, as a push wants it."""
    folder.mkdir()
    weights = [{"name": "all", "target": "/src/weights", "source": {"uri": str(source), "include": ["*.safetensors"]}}]
    settings = {"build": {"python_version": "3.12"}, "predict": "predict.py:Predictor", "weights": weights}
    (folder / "cog.yaml").write_text(json.dumps({**settings, "model": "127.0.0.1:1/bench/weights"}))
    (folder / "predict.py").write_text(PREDICT)
    subprocess.run(command("import", "", folder, folder / "cache"), check=True, stdout=subprocess.DEVNULL)


def command(verb: str, host: str, folder: Path, cache: Path) -> list[str]:
    """`cogc weights` on a machine whose cache folder this is, for the registry at `host`."""
    model = (f"COG_MODEL={host}/{REPOSITORY}-tar",) if host else ()
    return ["env", "-C", str(folder), f"COG_CACHE_DIR={cache}", *model, sys.executable, "-m", "cogc", "weights", verb]


def layout(source: Path, folder: Path) -> None:
    """The same files as an OCI layout, which is what skopeo copies; made before, by hard links."""
    blobs = folder / "blobs" / "sha256"
    blobs.mkdir(parents=True)
    digests: dict[str, str] = json.loads((source / "digests.json").read_text())
    layers = []
    for name, digest in digests.items():
        os.link(source / name, blobs / digest[7:])
        size = (source / name).stat().st_size
        layers.append({"mediaType": "application/vnd.oci.image.layer.v1.tar", "digest": digest, "size": size})
    diffs = {"type": "layers", "diff_ids": list(digests.values())}
    config = _blob(blobs, json.dumps({"architecture": "amd64", "os": "linux", "rootfs": diffs}).encode())
    config["mediaType"] = "application/vnd.oci.image.config.v1+json"
    kind = "application/vnd.oci.image.manifest.v1+json"
    manifest = {"schemaVersion": 2, "mediaType": kind, "config": config, "layers": layers}
    entry = {**_blob(blobs, json.dumps(manifest).encode()), "mediaType": kind}
    (folder / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": [entry]}))
    (folder / "oci-layout").write_text('{"imageLayoutVersion": "1.0.0"}')


def _blob(blobs: Path, content: bytes) -> dict[str, object]:
    path = blobs / "new"
    path.write_bytes(content)
    digest = digest_of(path)
    path.rename(blobs / digest[7:])
    return {"digest": digest, "size": len(content)}


@contextmanager
def registry(storage: Path) -> Iterator[str]:
    """distribution's, empty."""
    storage.mkdir(parents=True)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    settings = {"version": "0.1", "log": {"level": "error", "accesslog": {"disabled": True}}}
    settings |= {"storage": {"filesystem": {"rootdirectory": str(storage)}}, "http": {"addr": address}}
    (storage / "config.json").write_text(json.dumps(settings))
    with _served(["docker-registry", "serve", str(storage / "config.json")], address):
        yield address
    shutil.rmtree(storage)


@contextmanager
def sink() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with _served([sys.executable, str(CLIENTS.with_name("weights_sink.py")), str(port)], f"127.0.0.1:{port}"):
        yield f"127.0.0.1:{port}"


@contextmanager
def _served(argv: list[str], address: str) -> Iterator[None]:
    with subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _listens(address)
            yield
        finally:
            server.terminate()


def _listens(address: str) -> None:
    host, _, port = address.partition(":")
    for _ in range(200):
        try:
            socket.create_connection((host, int(port))).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit("the registry does not start")


class Relay:
    """Between a client and a registry; counts what the client sends."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._server = socket.create_server(("127.0.0.1", 0))
        self.sent = 0
        self.host = f"127.0.0.1:{self._server.getsockname()[1]}"
        Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        host, _, port = self._address.partition(":")
        while True:
            client, _ = self._server.accept()
            upstream = socket.create_connection((host, int(port)))
            Thread(target=self._pump, args=(client, upstream, 1), daemon=True).start()
            Thread(target=self._pump, args=(upstream, client, 0), daemon=True).start()

    def _pump(self, reader: socket.socket, writer: socket.socket, weight: int) -> None:
        with suppress(OSError):
            while block := reader.recv(MIB):
                self.sent += weight * len(block)
                writer.sendall(block)
        for end in (reader, writer):
            end.close()


def measured(argv: list[str]) -> Run:
    """Raises SystemExit where the command fails."""
    began = time.perf_counter()
    process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{argv} failed: {errors.decode(errors='replace')}")
    return Run(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def client(name: str, host: str, source: Path, target: Path) -> list[str]:
    image = f"docker://{host}/{REPOSITORY}:{TAG}"
    if name == "skopeo-push":
        return ["skopeo", "copy", "-q", "--dest-tls-verify=false", f"oci:{source.with_name('layout')}", image]
    if name == "skopeo-pull":
        return ["skopeo", "copy", "-q", "--src-tls-verify=false", image, f"oci:{target / 'layout'}"]
    if name == "weights-import":
        return command("import", "", source.with_name("project"), target / "cache")
    if name == "weights-push":
        return command("push", host, source.with_name("project"), source.with_name("project") / "cache")
    if name == "weights-pull":
        return command("pull", host, source.with_name("project"), target / "cache")
    if name == "cp":
        return ["cp", "-r", str(source), str(target / "copy")]
    if name == "cp-sync":
        return ["sh", "-c", f"cp -r {source} {target}/copy && sync {target}/copy/*"]
    return [sys.executable, str(CLIENTS), name, host, str(source), str(target)]


PUSHES = ("cogc-push", "cogc-hash-push", "weights-push", "oras-push", "oras-chunked-push", "skopeo-push")
PULLS = {
    "cogc-push": "cogc-pull",
    "weights-push": "weights-pull",
    "oras-push": "oras-pull",
    "skopeo-push": "skopeo-pull",
}


def one_round(folder: Path, source: Path, into_sink: bool) -> Iterator[tuple[str, Run]]:
    """Each push to a registry that is empty, each pull from what the same client pushed."""
    for name in ("sha256", "cp", "cp-sync", *(() if into_sink else ("weights-import",))):
        yield name, _once(name, "", source, folder)
    for name in PUSHES:
        with sink() if into_sink else registry(folder / "storage") as host:
            yield name, _once(name, host, source, folder)
            if name in PULLS and not into_sink:
                yield PULLS[name], _once(PULLS[name], host, source, folder)


def _once(name: str, host: str, source: Path, folder: Path) -> Run:
    """What was written is on the disk before the next begins."""
    target = folder / "target"
    target.mkdir()
    run = measured(client(name, host, source, target))
    shutil.rmtree(target)
    os.sync()
    return run


def second_push(folder: Path, source: Path) -> Iterator[tuple[str, Run, int]]:
    for name in ("cogc-push", "weights-push", "oras-push", "skopeo-push"):
        with registry(folder / "storage") as host:
            _once(name, host, source, folder)
            relay = Relay(host)
            yield name, _once(name, relay.host, source, folder), relay.sent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--set", choices=SETS, default="2gib")
    parser.add_argument("--sink", action="store_true")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as place:
        folder = Path(place)
        source = folder / "source"
        make(source, SETS[arguments.set])
        layout(source, folder / "layout")
        project(source, folder / "project")
        os.sync()
        show(folder, source, sum(SETS[arguments.set]), arguments.rounds, arguments.sink)


def show(folder: Path, source: Path, mebibytes: int, rounds: int, into_sink: bool) -> None:
    runs: dict[str, list[Run]] = {}
    for number in range(rounds):
        for name, run in one_round(folder, source, into_sink):
            runs.setdefault(name, []).append(run)
            print(
                f"round {number + 1}: {name} {run.wall:.1f} s, load {os.getloadavg()[0]:.1f}",
                file=sys.stderr,
                flush=True,
            )
    print("| | s, each round | MiB/s, median | CPU s | peak MiB |\n|---|---|---|---|---|")
    for name, found in runs.items():
        walls = ", ".join(f"{run.wall:.1f}" for run in found)
        rate = mebibytes / median(run.wall for run in found)
        cpu, peak = median(run.cpu for run in found), max(run.peak for run in found) / MIB
        print(f"| {name} | {walls} | {rate:.0f} | {cpu:.1f} | {peak:.0f} |", flush=True)
    for name, run, sent in () if into_sink else second_push(folder, source):
        print(f"second {name}: {run.wall:.2f} s, {sent:,} bytes sent, headers included", flush=True)


if __name__ == "__main__":
    main()
