"""Processes of the server: workers, their children and their end; see rows.py."""

import concurrent.futures
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from .conftest import Serve
from .rows import rows
from .serving import LIMIT_SECONDS, RUNTIME, Receiver, Served, eventually


def is_alive(pid: int) -> bool:
    """Zombies count as alive: somebody has to reap them."""
    return Path(f"/proc/{pid}/stat").exists()


@rows(240)
def test_children_of_setup_end_with_the_server(serve: Serve) -> None:
    server = serve("processes.py:Parent")
    pids = server.predict()["output"].values()
    assert all(map(is_alive, pids))
    assert server.end() == 0
    assert [pid for pid in pids if is_alive(pid) and Path(f"/proc/{pid}/cmdline").read_bytes()] == []


ADOPT = "import ctypes, os, sys; ctypes.CDLL(None).prctl(36, 1, 0, 0, 0); os.execv(sys.executable, sys.argv[1:])"


def test_adopted_processes_are_reaped(serve: Serve) -> None:
    """As PID 1 of a container; here as what Linux calls a child subreaper."""
    server = serve("processes.py:ShortLived", prelude=(sys.executable, "-c", ADOPT))
    pid = server.predict()["output"]
    assert eventually(lambda: is_alive(pid), lambda alive: not alive) is False
    assert server.predict()["status"] == "succeeded"


def test_several_workers(serve: Serve) -> None:
    server = serve("processes.py:Pid", "--workers", "3")
    eventually(lambda: at_the_same_time(server, 3, {"seconds": 0.3}), lambda outputs: len(set(outputs)) == 3)
    server.post("/predictions", {"id": "a", "input": {"seconds": 30}}, 202, Prefer="respond-async")
    assert server.predict()["status"] == "succeeded"
    assert server.health()["status"] == "READY"
    server.post("/predictions/a/cancel", None)
    assert server.end() == 0


def at_the_same_time(server: Served, count: int, inputs: Any) -> list[Any]:
    """The outputs of those predictions that were accepted."""
    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        sent = [pool.submit(server.client.post, "/predictions", json={"input": inputs}) for _ in range(count)]
    return [answer.result().json()["output"] for answer in sent if answer.result().status_code == 200]


def test_death_of_one_worker_of_several(serve: Serve) -> None:
    server = serve("echo.py:Unruly", "--workers", "2")
    two = {"act": "sleep", "seconds": 0.3}
    eventually(lambda: at_the_same_time(server, 2, two), lambda outputs: len(outputs) == 2)
    assert "exit code 3" in server.predict(act="die")["error"]
    assert server.predict()["output"] == "fine"
    assert server.health()["setup"]["status"] == "succeeded"


def test_repeated_death_is_answered_with_patience(serve: Serve) -> None:
    server = serve("echo.py:Unruly")
    began = time.monotonic()
    for _ in range(3):
        server.predict(act="die")
        server.wait_for("READY")
    assert time.monotonic() - began > 0.2 + 0.4
    assert server.log.read_text().count("it is replaced") == 3


@rows(204)
@pytest.mark.parametrize("act", ["compute", "hold_the_lock"])
def test_cancel_of_c_code(shared: Serve, receiver: Receiver, act: str) -> None:
    server = shared("processes.py:Busy", COG_CANCEL_GRACE="0.5")
    server.wait_for("READY")
    body = {"id": "it", "input": {"act": act}, "webhook": receiver.url}
    server.post("/predictions", {**body, "webhook_events_filter": ["completed"]}, 202, Prefer="respond-async")
    server.post("/predictions/it/cancel", None)
    assert receiver.wait_for_end()[-1]["status"] == "canceled"
    server.wait_for("READY")
    assert server.predict(act="nothing")["output"] == "fine"


@pytest.mark.parametrize(("model", "inputs"), [("echo.py:Unruly", {"act": "sleep"}), ("aio.py:Stubborn", {})])
def test_predict_timeout(shared: Serve, model: str, inputs: Any) -> None:
    server = shared(model, COG_PREDICT_TIMEOUT="0.5", COG_CANCEL_GRACE="1")
    answer = server.predict(**inputs)
    assert (answer["status"], answer["error"]) == ("failed", "the prediction took longer than 0.5 seconds")
    server.wait_for("READY")


def test_predict_timeout_of_a_download(shared: Serve, receiver: Receiver) -> None:
    receiver.files["/x"] = b"x"
    receiver.delay = 2 * LIMIT_SECONDS
    answer = shared("files.py:PathIn", COG_PREDICT_TIMEOUT="0.5").predict(file=receiver.url + "/x")
    assert (answer["status"], answer["error"]) == ("failed", "the prediction took longer than 0.5 seconds")


@rows(256)
def test_wait_file(serve: Serve, tmp_path: Path) -> None:
    file = tmp_path / "go"
    server = serve("processes.py:Awaited", until="STARTING", COG_WAIT_FILE=str(file), COG_EAGER_IMPORTS="colorsys,none")
    time.sleep(0.3)
    assert server.health()["status"] == "STARTING"
    file.touch()
    server.wait_for("READY")
    assert server.predict()["output"] == {"waited": True, "eager": True}
    assert "none cannot be imported" in server.log.read_text()


@rows(256)
def test_wait_has_a_limit(tmp_path: Path) -> None:
    program = (
        "import pathlib, sys; from cog.worker import wait; wait.LIMIT_SECONDS = 0.05\n"
        "wait.wait_for_model({'COG_WAIT_FILE': '/nowhere', 'COG_PYENV_PATH': '/env', 'R8_PYTHON_VERSION': '3.9'})\n"
        "assert sys.path[0] == '/env/lib/python3.9/site-packages'"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": str(RUNTIME)}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "is not there after" in done.stderr) == (0, True), done.stderr


@rows(32, 33)
@pytest.mark.parametrize("host", ["", "10.0.0.1"])
def test_readiness_file(serve: Serve, tmp_path: Path, host: str) -> None:
    file = tmp_path / "run" / "cog" / "ready"
    inside = {"KUBERNETES_SERVICE_HOST": host} if host else {}
    serve("echo.py:Text", COG_READY_FILE=str(file), **inside)
    assert file.exists() == bool(host)


def test_readiness_file_that_cannot_be_made(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    server = serve("echo.py:Text", COG_READY_FILE=str(tmp_path / "file/ready"), KUBERNETES_SERVICE_HOST="10.0.0.1")
    assert "readiness file cannot be made" in server.log.read_text()


def test_fast_generator_waits_for_slow_uploads(serve: Serve, receiver: Receiver, tmp_path: Path) -> None:
    """Files on disk and messages in memory stay few, however many the model makes."""
    made = tmp_path / "made"
    receiver.delay = 0.05
    server = serve("processes.py:Files", "--upload-url", receiver.url, MADE=str(made))
    body = {"id": "it", "input": {"count": 100_000}}
    server.post("/predictions", body, 202, Prefer="respond-async")
    eventually(lambda: len(receiver.calls), lambda count: count > 10)
    ahead = int(made.read_text()) - len(receiver.calls)
    time.sleep(0.5)
    assert int(made.read_text()) - len(receiver.calls) - ahead < 200
    server.post("/predictions/it/cancel", None)
    server.wait_for("READY")


@pytest.mark.parametrize("hooked", [False, True])
def test_memory_after_large_outputs(hooked: bool, serve: Serve, receiver: Receiver) -> None:
    server = serve("processes.py:Texts", COG_HISTORY_SECONDS="0")
    hook = {"webhook": receiver.url, "webhook_events_filter": ["completed"]} if hooked else {}

    def memory_after(predictions: int) -> int:
        for _ in range(predictions):
            server.post("/predictions", {"input": {"count": 2000, "size": 10_000}, **hook})
        if hooked:
            receiver.wait_for(predictions)
            receiver.calls.clear()
        return resident(server)

    before = memory_after(3)
    assert memory_after(5) < before + (60 << 20)


def resident(server: Served) -> int:
    """Bytes of the server process."""
    return int(Path(f"/proc/{server.process.pid}/statm").read_text().split()[1]) * 4096


GARBAGE = """
import gc, weakref
from cog.server.run import spare_collections

class Node: pass

spare_collections()
node = Node()
node.itself, seen = node, weakref.ref(node)
del node
spare_collections()
gc.collect()
print(seen() is None)
"""


def test_garbage_is_collected_after_a_worker_was_replaced() -> None:
    """What the collector is told to leave alone stays for ever: that is for the first worker that is ready only."""
    command, environment = [sys.executable, "-c", GARBAGE], {"PYTHONPATH": str(RUNTIME)}
    assert subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout == "True\n"


WITHOUT_UNUSED = """
import sys
from cog.server.unused import without_unused

with without_unused():
    import cog.server.run
print("click" in sys.modules, "pydantic_core.core_schema" in sys.modules)
from pydantic_core import core_schema
from uvicorn.main import Server
print(core_schema.str_schema(), Server.__module__)
"""


def test_the_server_does_without_what_it_does_not_use() -> None:
    """Each start would pay for it; but a plug-in of the server's that wants it gets the real one."""
    command, environment = [sys.executable, "-c", WITHOUT_UNUSED], {"PYTHONPATH": str(RUNTIME)}
    found = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    assert found == "False False\n{'type': 'str'} uvicorn.server\n"
