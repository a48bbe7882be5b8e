"""Temporary files are gone when what they were for has ended, whichever way."""

import contextlib
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from .conftest import Serve
from .serving import LIMIT_SECONDS, RUNTIME, Served, eventually

HI = "data:text/plain;base64,aGk="


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


def left(folder: Path) -> list[Path]:
    """All files that are there, but for the lock that a living server holds."""
    return [path for path in folder.rglob("*") if path.is_file() and path.name != "lock"]


def nothing_is_left(folder: Path, but: int = 0) -> None:
    eventually(lambda: left(folder), lambda found: len(found) <= but)


ACTS = {"text": "succeeded", "handle": "succeeded", "spoilt": "failed", "fail": "failed", "die": "failed"}


def test_files_of_a_prediction(serve: Serve, temporary: Path) -> None:
    server = serve("temporary.py:Acts", TMPDIR=str(temporary), COG_WEIGHTS=HI)
    for act, status in ACTS.items():
        server.wait_for("READY")
        assert server.predict(act=act)["status"] == status
        server.wait_for("READY")
        nothing_is_left(temporary, but=1)
    server.post("/predictions", {"id": "it", "input": {"act": "wait"}}, 202, Prefer="respond-async")
    eventually(lambda: left(temporary), lambda found: len(found) == 2)
    server.post("/predictions/it/cancel", None)
    server.wait_for("READY")
    assert [path.name for path in left(temporary)] == ["file.txt"]
    assert server.end() == 0
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("model", ["Yields", "AsyncYields"])
def test_files_of_outputs(serve: Serve, temporary: Path, model: str) -> None:
    server = serve(f"temporary.py:{model}", TMPDIR=str(temporary))
    assert {"text/plain" in url or "octet-stream" in url for url in server.predict(path=HI)["output"]} == {True}
    nothing_is_left(temporary)


def test_predictions_have_folders_of_their_own(serve: Serve, temporary: Path) -> None:
    """Their names are given again: neither to two at a time, nor with a file of an earlier one."""
    server = serve("temporary.py:AsyncReads", TMPDIR=str(temporary), COG_MAX_CONCURRENCY="5")
    with ThreadPoolExecutor(5) as pool:
        outputs = pool.map(lambda number: server.predict(path=f"data:text/plain,{number}")["output"], range(25))
        assert list(outputs) == [[str(number), 1] for number in range(25)]
    nothing_is_left(temporary)
    (scratch,) = temporary.iterdir()
    assert len([path for path in scratch.iterdir() if path.name.startswith("prediction-")]) == 0


def test_weights_of_a_worker_that_died(serve: Serve, temporary: Path) -> None:
    """Each worker has its own; while one of several lives, so do its files."""
    server = serve("temporary.py:Acts", "--workers", "2", TMPDIR=str(temporary), COG_WEIGHTS=HI)
    eventually(lambda: left(temporary), lambda found: len(found) == 2)
    assert "exit code 3" in server.predict(act="die")["error"]
    assert server.predict(act="text")["output"] == "hihi"
    nothing_is_left(temporary, but=2)
    assert server.end() == 0
    assert list(temporary.iterdir()) == []


SETUPS = {"fails": 1, "dies": 1, "waits": 0}


@pytest.mark.parametrize("setup", SETUPS)
def test_setup_that_does_not_end_well(serve: Serve, temporary: Path, setup: str) -> None:
    environment = {"TMPDIR": str(temporary), "COG_WEIGHTS": HI, "SETUP": setup}
    server = serve("temporary.py:Acts", until="STARTING" if setup == "waits" else "", **environment)
    if setup == "waits":
        eventually(lambda: left(temporary), lambda found: len(found) == 1)
        server.process.terminate()
    assert server.process.wait(LIMIT_SECONDS) == SETUPS[setup]
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_end_in_the_middle(serve: Serve, temporary: Path, end: int, workers: str) -> None:
    environment = {"TMPDIR": str(temporary), "COG_WEIGHTS": HI, "COG_SHUTDOWN_GRACE": "0"}
    server = serve("temporary.py:Acts", "--workers", workers, **environment)
    server.post("/predictions", {"input": {"act": "wait"}}, 202, Prefer="respond-async")
    eventually(lambda: left(temporary), lambda found: len(found) > 1)
    assert server.end(end) == 0
    assert list(temporary.iterdir()) == []


def test_killed_server_is_cleaned_up_after(serve: Serve, temporary: Path) -> None:
    living = serve("temporary.py:Acts", TMPDIR=str(temporary), COG_WEIGHTS=HI)
    (kept,) = temporary.iterdir()
    killed = serve("temporary.py:Acts", TMPDIR=str(temporary), COG_WEIGHTS=HI)
    killed.end(signal.SIGKILL)
    (temporary / "cog-of-the-user").mkdir()
    assert len(list(temporary.iterdir())) == 3
    later = serve("temporary.py:Acts", TMPDIR=str(temporary), COG_WEIGHTS=HI)
    eventually(lambda: len(list(temporary.glob("cog-*/lock"))), lambda count: count == 2)
    assert later.predict(act="text")["output"] == living.predict(act="text")["output"] == "hihi"
    assert kept.exists()
    assert (temporary / "cog-of-the-user").exists()


def with_file(server: Served, **inputs: Any) -> Any:
    files = {"path": ("a.txt", b"a" * 2_000_000), **{name: (None, value) for name, value in inputs.items()}}
    return server.client.post("/predictions", files=files)


def test_forms_that_become_no_prediction(serve: Serve, temporary: Path) -> None:
    server = serve("forms.py:Form", TMPDIR=str(temporary))
    assert with_file(server).status_code == 200
    assert with_file(server, number="many").status_code == 422
    known = {"path": ("a.txt", b"a")}
    for _ in range(2):
        assert server.client.put("/predictions/once", files=known).status_code == 200
    with contextlib.closing(socket.create_connection(("127.0.0.1", server.port))) as sock:
        sock.sendall(broken_off_form())
    nothing_is_left(temporary)
    assert [path.name for path in temporary.glob("cog-*/*")] == ["lock"]


def broken_off_form() -> bytes:
    head = b"POST /predictions HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\nContent-Type: multipart/form-data; "
    part = b'boundary=b\r\n\r\n--b\r\nContent-Disposition: form-data; name="path"; filename="a"\r\n\r\n'
    return head + part + b"a" * 3_000_000


ALONE = {
    "ends": ("", 0),
    "fails": ("raise SystemExit(3)", 3),
    "forks": ("import os; os.fork() or exit(); os.wait(); assert path.read_text() == 'hi'", 0),
}


@pytest.mark.parametrize("end", ALONE)
def test_sdk_alone(temporary: Path, end: str) -> None:
    code, status = ALONE[end]
    program = f"import cog; path = cog.URLPath({HI!r}).convert(); {code}"
    environment = {"PYTHONPATH": str(RUNTIME), "TMPDIR": str(temporary)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, check=False, timeout=LIMIT_SECONDS)
    assert done.returncode == status
    assert list(temporary.iterdir()) == []
