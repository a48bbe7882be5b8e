"""The end of a server: asked for by signals or by HTTP; section 7.1 of the reference; see rows.py."""

import signal
import socket
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from .conftest import Serve
from .rows import rows
from .serving import LIMIT_SECONDS, Receiver, Served, eventually


@rows(26)
def test_shutdown(serve: Serve) -> None:
    server = serve("echo.py:Text")
    assert server.post("/shutdown", None) == {}
    assert server.process.wait(LIMIT_SECONDS) == 0


@rows(27)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_while_idle(serve: Serve, number: int) -> None:
    server = serve("echo.py:Text", COG_SHUTDOWN_GRACE="600", COG_CANCEL_GRACE="600")
    assert server.end(number) == 0


@rows(28)
def test_signal_during_a_synchronous_request(serve: Serve) -> None:
    server = serve("echo.py:Unruly")
    answers: list[Any] = []
    asking = threading.Thread(target=lambda: answers.append(server.predict(act="sleep", seconds=1)))
    asking.start()
    server.wait_for("BUSY")
    assert server.end() == 0
    asking.join(LIMIT_SECONDS)
    assert answers[0]["output"] == "slept"


@rows(29)
def test_signal_during_an_asynchronous_prediction(serve: Serve, receiver: Receiver) -> None:
    server = serve("echo.py:Unruly")
    receiver.answers = [200, 500, 200]
    body = {"input": {"act": "sleep", "seconds": 1}, "webhook": receiver.url}
    server.post("/predictions", {**body, "webhook_events_filter": ["start", "completed"]}, 202, Prefer="respond-async")
    assert server.end() == 0
    assert [state["status"] for state in receiver.bodies()] == ["processing", "succeeded", "succeeded"]


def test_grace_time_is_a_limit(serve: Serve, receiver: Receiver) -> None:
    server = serve("echo.py:Unruly", COG_SHUTDOWN_GRACE="0.5")
    body = {"input": {"act": "sleep"}, "webhook": receiver.url, "webhook_events_filter": ["completed"]}
    server.post("/predictions", body, 202, Prefer="respond-async")
    assert server.end() == 0
    assert [state["status"] for state in receiver.bodies()] == ["canceled"]


@rows(30)
@pytest.mark.parametrize("flag", ["--await-explicit-shutdown", "--await-explicit-shutdown=true"])
def test_deaf_to_sigterm(serve: Serve, flag: str) -> None:
    server = serve("echo.py:Text", flag)
    server.process.send_signal(signal.SIGTERM)
    time.sleep(0.5)
    assert server.predict(text="x")["status"] == "succeeded"
    server.post("/shutdown", None)
    assert server.process.wait(LIMIT_SECONDS) == 0


def children(server: Served) -> list[int]:
    """Processes whose ancestor the server is."""
    table: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except FileNotFoundError:
            continue
        table[int(stat.parent.name)] = int(fields[1])
    found = [server.process.pid]
    for pid in found:
        found += [child for child, parent in table.items() if parent == pid]
    return found[1:]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_orphans(serve: Serve, number: int) -> None:
    server = serve("echo.py:Unruly")
    server.post("/predictions", {"input": {"act": "sleep"}}, 202, Prefer="respond-async")
    running = children(server)
    assert running
    server.process.send_signal(signal.SIGKILL if number == signal.SIGKILL else signal.SIGTERM)
    if number == signal.SIGTERM:
        server.end(signal.SIGINT)
    gone = eventually(lambda: [pid for pid in running if Path(f"/proc/{pid}/cmdline").exists()], lambda left: not left)
    assert gone == []


def test_second_signal_ends_at_once(serve: Serve, receiver: Receiver) -> None:
    server = serve("echo.py:Unruly", COG_SHUTDOWN_GRACE="600", COG_CANCEL_GRACE="600")
    body = {"input": {"act": "refuse", "seconds": 600}, "webhook": receiver.url}
    server.post("/predictions", {**body, "webhook_events_filter": ["completed"]}, 202, Prefer="respond-async")
    server.wait_for("BUSY")
    server.process.terminate()
    eventually(lambda: takes_connections(server), lambda takes: not takes)
    assert server.end() == 0
    assert [state["status"] for state in receiver.bodies()] == ["canceled"]


def takes_connections(server: Served) -> bool:
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", server.port)) == 0


def test_grace_time_of_a_synchronous_request(serve: Serve) -> None:
    server = serve("echo.py:Unruly", COG_SHUTDOWN_GRACE="0.5")
    answers: list[Any] = []
    asking = threading.Thread(target=lambda: answers.append(server.predict(act="sleep", seconds=600)))
    asking.start()
    server.wait_for("BUSY")
    assert server.end() == 0
    asking.join()
    assert answers[0]["status"] == "canceled"


def test_receiver_that_is_not_there(serve: Serve) -> None:
    """Whose last webhook is lost is told, and nothing else."""
    server = serve("echo.py:function", COG_SHUTDOWN_GRACE="0")
    server.post("/predictions", {"id": "lost", "webhook": "http://127.0.0.1:9/"})
    assert server.end() == 0
    log = server.log.read_text()
    assert "prediction lost: its last webhook was not taken before the end" in log
    assert "Traceback" not in log


def test_uploads_and_their_webhooks_leave_before_the_end(serve: Serve, receiver: Receiver) -> None:
    receiver.delay = 0.7
    server = serve("files.py:Out", "--upload-url", receiver.url + "/files")
    body = {"input": {"kind": "png"}, "webhook": receiver.url, "webhook_events_filter": ["completed"]}
    server.post("/predictions", body, 202, Prefer="respond-async")
    assert server.end() == 0
    assert [call[1:3] for call in receiver.calls] == [("PUT", "/files/image.png"), ("POST", "/")]


@pytest.mark.parametrize("act", ["end", "die"])
def test_temporary_files_are_gone(serve: Serve, receiver: Receiver, tmp_path: Path, act: str) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    server = serve("files.py:Unfinished", TMPDIR=str(folder), COG_SHUTDOWN_GRACE="0")
    body = {"input": {"file": "data:text/plain;base64,aGk=", "act": act}, "webhook": receiver.url}
    server.post("/predictions", body, 202, Prefer="respond-async")
    eventually(receiver.bodies, lambda states: any(state["output"] for state in states))
    assert list(folder.glob("cog-*")) != []
    assert server.end() == 0
    assert [path for path in folder.rglob("*") if path.is_file() or path.name.startswith("cog-")] == []
