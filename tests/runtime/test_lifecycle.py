"""Discovery, health, start and end: section 7.1 of the reference; see rows.py."""

import concurrent.futures
import contextlib
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from ..ports import free_port
from .conftest import Serve
from .rows import rows
from .serving import LIMIT_SECONDS, MODELS, RUNTIME, Served, eventually, served

PREDICT_LINKS = {
    "cog_version",
    "docs_url",
    "openapi_url",
    "shutdown_url",
    "healthcheck_url",
    "predictions_url",
    "predictions_idempotent_url",
    "predictions_cancel_url",
}
SERVER = (sys.executable, "-m", "cog.server.http")
BARE = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(RUNTIME), "COG_SERVER_HOME": ""}
TRAIN_LINKS = {"trainings_url", "trainings_idempotent_url", "trainings_cancel_url"}


@rows(1, 5)
def test_discovery(shared: Serve) -> None:
    assert set(shared("echo.py:Text").get("/")) == PREDICT_LINKS


@rows(2)
def test_discovery_with_training(shared: Serve) -> None:
    server = shared("echo.py:Text", COG_TRAIN_TYPE_STUB="training.py:train")
    assert set(server.get("/")) == PREDICT_LINKS | TRAIN_LINKS


@rows(3, 4)
def test_documents(shared: Serve) -> None:
    server = shared("echo.py:Text")
    document = server.get("/openapi.json")
    assert (document["openapi"], document["info"]["title"]) == ("3.0.2", "Cog")
    page = server.client.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert re.findall(r"(?:src|href|url|import|fetch)\W{1,3}https?:", page.text) == []


ABSENT = {
    "6-unknown": ("GET", "/nowhere", 404),
    "7-list": ("GET", "/predictions", 405),
    "8-stream": ("GET", "/predictions/x/stream", 404),
    "247-training": ("POST", "/trainings", 404),
    "247-idempotent-training": ("PUT", "/trainings/x", 404),
    "247-cancel-of-a-training": ("POST", "/trainings/x/cancel", 404),
}


@pytest.mark.parametrize("case", ABSENT)
def test_absent(shared: Serve, case: str) -> None:
    method, path, status = ABSENT[case]
    answer = shared("echo.py:Text").client.request(method, path)
    assert (answer.status_code, "detail" in answer.json()) == (status, True)
    assert ("allow" in answer.headers) == (status == 405)


@rows(10, 16, 19, 24)
def test_health_after_setup(shared: Serve) -> None:
    server = shared("echo.py:Text")
    health = server.health()
    assert [server.health() for _ in range(20)] == [health] * 20
    assert (health["status"], health["setup"]["status"]) == ("READY", "succeeded")
    assert health["setup"]["started_at"] < health["setup"]["completed_at"]
    written = ("setting up\n", "to stderr\n", "from below\n", "unfinished")
    assert [words for words in written if words not in health["setup"]["logs"]] == []
    assert len(health["setup"]["logs"]) == sum(map(len, written))
    assert "user_healthcheck_error" not in health
    assert server.client.head("/health-check").status_code == 200


@rows(9, 18, 31)
def test_during_setup(serve: Serve) -> None:
    server = serve("broken.py:SetupIsSlow", until="STARTING", COG_SHUTDOWN_GRACE="600", COG_CANCEL_GRACE="600")
    assert server.health()["setup"]["status"] == "starting"
    server.post("/predictions", {}, 503)
    assert server.end() == 0


FAILED_SETUPS = {
    "13-raises": ("broken.py:SetupRaises", ["on the way", "Traceback", "no weights here"]),
    "14-import": ("unimportable.py:Predictor", ["while importing", "Traceback", "a package is missing"]),
    "exits": ("broken.py:SetupExits", ["SystemExit"]),
    "dies": ("broken.py:SetupDies", ["exit code 4"]),
    "109-untyped": ("broken.py:Untyped", ["parameter 'text' has no type"]),
    "110-unknown-type": ("broken.py:UnknownType", ["parameter 'thing'", "Foreign", "Opaque"]),
    "278-unknown-type": ("broken.py:UnknownType", ["cog.Opaque"]),
    "280-nothing-to-stream": ("broken.py:StreamsNothing", ["@streaming needs an output that comes in pieces"]),
    "277-no-return": ("broken.py:NoReturn", ["no return annotation"]),
    "secret-or-text": ("broken.py:SecretOrText", ["union may not hold a secret"]),
    "nested-model": ("broken.py:NestedModel", ["parameter 'points'", "Point can only be an output"]),
    "file-default": ("broken.py:FileDefault", ["parameter 'image'", "the default 5 is not a file or text"]),
    "276-number-stream": ("broken.py:NumberStream", ["items must be str"]),
    "bad-regex": ("broken.py:BadRegex", ["regex"]),
    "nan-default": ("broken.py:NoNumber", ["parameter 'real'", "default nan cannot be written as JSON"]),
    "by-position": ("broken.py:by_position", ["parameter 'text' can only be passed by position"]),
    "mixed-choices": ("broken.py:MixedChoices", ["choices must be all text or all integers"]),
    "253-both": ("broken.py:Both", ["defines both run and predict"]),
    "254-neither": ("broken.py:Neither", ["no run or predict"]),
    "233-async-setup": ("broken.py:AsyncSetup", ["async setup needs an async predict"]),
    "no-such-class": ("broken.py:Nobody", ["defines no Nobody"]),
    "no-such-file": ("nothing.py:Nobody", ["no file 'nothing.py'"]),
    "not-callable": ("broken.py:NOT_CALLABLE", ["must be a class or a function"]),
}


@pytest.fixture(scope="module")
def unusable(tmp_path_factory: pytest.TempPathFactory, chosen_place: dict[str, str]) -> Iterator[dict[str, Served]]:
    """The server of each case, several started at a time."""
    with contextlib.ExitStack() as stack, concurrent.futures.ThreadPoolExecutor(4) as pool:

        def start(case: str) -> Served:
            folder = tmp_path_factory.mktemp("server")
            model, flag = FAILED_SETUPS[case][0], "--await-explicit-shutdown"
            options: dict[str, Any] = {**chosen_place, "until": "SETUP_FAILED"}
            return stack.enter_context(served(model, folder, flag, **options))

        yield dict(zip(FAILED_SETUPS, pool.map(start, FAILED_SETUPS), strict=True))


@pytest.mark.parametrize("case", FAILED_SETUPS)
def test_failed_setup_is_told(unusable: dict[str, Served], case: str) -> None:
    words, server = FAILED_SETUPS[case][1], unusable[case]
    setup = server.health()["setup"]
    assert setup["status"] == "failed"
    assert [word for word in words if word not in setup["logs"]] == [], setup["logs"]
    assert "cog/worker" not in setup["logs"]
    server.post("/predictions", {}, 503)
    server.post("/shutdown", None)
    assert server.process.wait(LIMIT_SECONDS) == 0


@rows(232)
def test_concurrency_of_a_sync_model(serve: Serve) -> None:
    server = serve("broken.py:Sync", "--await-explicit-shutdown", until="SETUP_FAILED", COG_MAX_CONCURRENCY="2")
    assert "needs an async function" in server.health()["setup"]["logs"]


@rows(17)
def test_slow_setup_is_ended(serve: Serve) -> None:
    server = serve("broken.py:SetupIsSlow", "--await-explicit-shutdown", until="SETUP_FAILED", COG_SETUP_TIMEOUT="0.5")
    assert "longer than 0.5 seconds" in server.health()["setup"]["logs"]


@rows(15)
def test_failed_setup_ends_the_server(serve: Serve) -> None:
    server = serve("broken.py:SetupRaises", until="")
    assert server.process.wait(LIMIT_SECONDS) == 1
    assert "no weights here" in server.log.read_text()


CHECKS: dict[str, tuple[str, str, str]] = {
    "19-true": ("good", "READY", ""),
    "20-false": ("bad", "UNHEALTHY", "returned False"),
    "21-raises": ("broken", "UNHEALTHY", "no connection"),
}


@rows(25)
@pytest.mark.parametrize("model", ["Checked", "AsyncChecked", "AsyncCheck"])
@pytest.mark.parametrize("case", CHECKS)
def test_healthcheck_of_the_model(shared: Serve, model: str, case: str) -> None:
    state, status, words = CHECKS[case]
    server = shared(f"checked.py:{model}")
    server.predict(state=state)
    health = server.health()
    assert health["status"] == status
    assert words in health.get("user_healthcheck_error", "")
    assert server.predict(state="good")["status"] == "succeeded"


@rows(22)
def test_healthcheck_takes_too_long(serve: Serve) -> None:
    health = serve("checked.py:Slow", until="UNHEALTHY").health()
    assert "timed out after 5 seconds" in health["user_healthcheck_error"]


@rows(23)
def test_healthcheck_during_a_prediction(shared: Serve) -> None:
    server = shared("checked.py:Checked")
    body = {"id": "long", "input": {"state": "bad", "seconds": 600}}
    server.post("/predictions", body, 202, Prefer="respond-async")
    eventually(server.health, lambda found: found["status"] == "UNHEALTHY")
    assert server.get("/predictions/long")["status"] == "processing"
    server.post("/predictions/long/cancel", None)
    eventually(lambda: server.client.post("/predictions", json={}).status_code, lambda code: code == 200)


@rows(34)
def test_ipv6(serve: Serve) -> None:
    for host in ("::", "[::]"):
        server = serve("echo.py:Text", "--host", host, host="::1")
        assert server.health()["status"] == "READY"
        # An engine forwards the ports that it publishes by IPv4.
        assert httpx.get(f"http://127.0.0.1:{server.port}/health-check").json()["status"] == "READY"


@rows(36)
def test_threads_are_no_slots(serve: Serve) -> None:
    server = serve("echo.py:Unruly", "--threads=10")
    server.post("/predictions", {"id": "it", "input": {"act": "sleep"}}, 202, Prefer="respond-async")
    server.post("/predictions", {}, 409)


@rows(35)
def test_default_address() -> None:
    program = "from cog.server.config import configuration as c; d = c([], {'COG_PREDICT_TYPE_STUB': 'x'})"
    done = subprocess.run(
        [sys.executable, "-c", f"{program}; print(d.host, d.port)"],
        env={"PYTHONPATH": str(RUNTIME)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["0.0.0.0", "5000"]


@rows(35)
def test_port_of_all_addresses(tmp_path: Path) -> None:
    """Without a flag, as an image starts it."""
    port, log = free_port(), tmp_path / "server.log"
    environment = {"COG_PREDICT_TYPE_STUB": "echo.py:Text", "PORT": str(port), "TMPDIR": str(tmp_path), **BARE}
    with log.open("wb") as output:
        process = subprocess.Popen(SERVER, cwd=MODELS, env=environment, stdout=output, stderr=output)
    try:
        eventually(lambda: status_at(f"http://127.0.0.2:{port}"), lambda status: status == "READY")
    finally:
        process.terminate()
        assert process.wait(LIMIT_SECONDS) == 0


def status_at(address: str) -> str:
    try:
        return str(httpx.get(f"{address}/health-check").json()["status"])
    except httpx.TransportError:
        return "no answer"


def test_name_of_a_host(serve: Serve) -> None:
    assert serve("echo.py:Text", "--host", "localhost", host="localhost").health()["status"] == "READY"


def command(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*SERVER, *arguments],
        cwd=MODELS,
        env={**BARE, **environment},
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )


@rows(37)
def test_port_in_use() -> None:
    with socket.socket() as sock:
        sock.bind(("0.0.0.0", 0))
        sock.listen()
        found = command(PORT=str(sock.getsockname()[1]), COG_PREDICT_TYPE_STUB="echo.py:Text")
    assert (found.returncode, "in use" in found.stderr, "Traceback" in found.stderr) == (1, True, False)


WRONG: dict[str, tuple[dict[str, str], str]] = {
    "no-reference": ({}, "COG_PREDICT_TYPE_STUB is not set"),
    "port": ({"COG_PREDICT_TYPE_STUB": "x", "PORT": "many"}, "PORT is 'many'"),
    "no-home": ({"COG_PREDICT_TYPE_STUB": "x", "COG_SERVER_HOME": "/nope"}, "COG_SERVER_HOME is '/nope'"),
    "seconds": ({"COG_PREDICT_TYPE_STUB": "x", "COG_SETUP_TIMEOUT": "soon"}, "COG_SETUP_TIMEOUT is 'soon'"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_environment(case: str) -> None:
    environment, words = WRONG[case]
    found = command(**environment)
    assert (found.returncode, words in found.stderr, "Traceback" in found.stderr) == (1, True, False)


WRONG_FLAGS = {
    "--workers=0": "argument --workers: '0' is no whole number, 1 or more",
    "--workers=-1": "argument --workers: '-1' is no whole number, 1 or more",
    "--queue-length=few": "argument --queue-length: 'few' is no whole number, 0 or more",
    "--max-body-bytes=10M": "argument --max-body-bytes: '10M' is no whole number, 0 or more",
}


@pytest.mark.parametrize("flag", WRONG_FLAGS)
def test_wrong_flags(flag: str) -> None:
    found = command(flag, COG_PREDICT_TYPE_STUB="x")
    assert (found.returncode, WRONG_FLAGS[flag] in found.stderr) == (2, True)


def test_version() -> None:
    found = command("--version")
    assert (found.returncode, found.stdout.strip()) == (0, "0.1.0")
