"""s3:// as people use it: fsspec, s3fs and a server that speaks S3, each in a process of its own."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .folders import digest_of, project, store_at, stored

LARGE = bytes(range(256)) * 40_000
FILES = {"config.json": b"{}", "model.bin": LARGE, "sub/part.bin": LARGE[1:]}
UPLOAD = """
import s3fs
storage = s3fs.S3FileSystem()
storage.mkdir("bucket")
whole = bytes(range(256)) * 40_000
for path, content in (("config.json", b"{}"), ("model.bin", whole), ("sub/part.bin", whole[1:])):
    storage.pipe(f"bucket/tiny/{path}", content)
"""
LIMIT_SECONDS = 60.0


@pytest.fixture(scope="module")
def bucket() -> Iterator[dict[str, str]]:
    """The variables by which every tool finds the server, which has the files in `s3://bucket/tiny`."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    login = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "us-east-1"}
    variables = {**os.environ, **login, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"}
    argv = [sys.executable, "-m", "moto.server", "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _await(port)
            subprocess.run([sys.executable, "-c", UPLOAD], env=variables, check=True)
            yield variables
        finally:
            server.terminate()


def _await(port: int) -> None:
    end = time.monotonic() + LIMIT_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            assert time.monotonic() < end, "the server does not start"
            time.sleep(0.1)
        else:
            return


def _import(folder: Path, variables: dict[str, str], code: int, *options: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "cogc", "weights", "import", *options]
    environment = {**variables, "COG_CACHE_DIR": str(folder.parent / "cache")}
    done = subprocess.run(argv, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == code, done.stdout + done.stderr
    return done


def test_a_bucket(bucket: dict[str, str], tmp_path: Path) -> None:
    folder = project(tmp_path / "p", {"name": "base", "source": {"uri": "s3://bucket/tiny"}})
    assert "base: imported, 3 files" in _import(folder, bucket, 0).stdout
    assert stored(store_at(tmp_path / "cache")) == sorted(map(digest_of, FILES.values()))
    (source,) = json.loads((folder / "weights.lock").read_text())["weights"][0]["sources"]
    assert source["fingerprint"].startswith("listing:sha256:")
    assert "none to read" in _import(folder, bucket, 0, "--dry-run").stdout


FAULTS = {
    "nothing-there": ("s3://bucket/none", {}, "weight-source-missing"),
    "no-bucket": ("s3://nowhere/tiny", {}, "weight-source-missing"),
    "nobody-answers": ("s3://bucket/tiny", {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}, "weight-source-unreachable"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_bucket_that_cannot_be_read(bucket: dict[str, str], tmp_path: Path, case: str) -> None:
    uri, variables, code = FAULTS[case]
    folder = project(tmp_path / "p", {"name": "base", "source": {"uri": uri}})
    said = _import(folder, {**bucket, **variables, "AWS_MAX_ATTEMPTS": "1"}, 1)
    assert f"error[{code}]" in said.stderr
    assert "Traceback" not in said.stderr
