"""Starts the real server on a model of `models/` and speaks to it over HTTP."""

import contextlib
import http.server
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx

from ..ports import free_port

RUNTIME = Path(__file__).parents[2] / "runtime"
MODELS = Path(__file__).parent / "models"
LIMIT_SECONDS = 30.0

T = TypeVar("T")


def eventually(ask: Callable[[], T], good: Callable[[T], bool], limit: float = LIMIT_SECONDS) -> T:
    """Asks until the answer is good; fails with the last answer when that takes too long."""
    deadline = time.monotonic() + limit
    answer = ask()
    while not good(answer):
        assert time.monotonic() < deadline, f"still not there after {limit:g} s: {answer}"
        time.sleep(0.02)
        answer = ask()
    return answer


@dataclass
class Served:
    """A running server. `log` is the file that holds all it has written."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path
    client: httpx.Client

    def predict(self, /, expect: int = 200, **inputs: Any) -> Any:
        """The answer to a synchronous prediction."""
        return self.post("/predictions", {"input": inputs}, expect)

    def post(self, path: str, body: Any, expect: int = 200, **headers: str) -> Any:
        return self.send("POST", path, body, expect, **headers)

    def send(self, method: str, path: str, body: Any, expect: int, **headers: str) -> Any:
        answer = self.client.request(method, path, json=body, headers=headers)
        assert answer.status_code == expect, f"{answer.status_code}: {answer.text}\n{self.log.read_text()}"
        return answer.json()

    def get(self, path: str, expect: int = 200) -> Any:
        answer = self.client.get(path)
        assert answer.status_code == expect, answer.text
        return answer.json()

    def health(self) -> Any:
        return self.get("/health-check")

    def wait_for(self, status: str) -> Any:
        return eventually(self.health, lambda found: found["status"] == status)

    def end(self, number: int = signal.SIGTERM) -> int:
        """Sends a signal and returns the exit status."""
        self.process.send_signal(number)
        return self.process.wait(LIMIT_SECONDS)


@contextlib.contextmanager
def served(
    model: str,
    folder: Path,
    *flags: str,
    python: str = sys.executable,
    cwd: Path = MODELS,
    until: str = "READY",
    host: str = "127.0.0.1",
    prelude: tuple[str, ...] = (),
    **environment: str,
) -> Iterator[Served]:
    """A server of `file.py:Name` in its own process, ended with the block. `prelude` is a command that starts it."""
    port, log = free_port(), folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [
                *prelude,
                python,
                "-m",
                "cog.server.http",
                *(() if any(flag.startswith("--host") for flag in flags) else ("--host", host)),
                *flags,
            ],
            cwd=cwd,
            env={"TMPDIR": str(folder), **_environment(model, port, environment)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    base = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    try:
        with httpx.Client(base_url=base, timeout=LIMIT_SECONDS) as client:
            server = Served(process, port, log, client)
            eventually(lambda: _status(server), lambda status: status == until or not until)
            yield server
    finally:
        process.kill()
        process.wait()


def _environment(model: str, port: int, more: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COG_", "PYTHON", "TMPDIR"))}
    ours = {
        "COG_PREDICT_TYPE_STUB": model,
        "COG_SERVER_HOME": "",
        "PORT": str(port),
        "PYTHONPATH": str(RUNTIME),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return {**kept, **ours, **more}


def _status(server: Served) -> str:
    assert server.process.poll() is None, f"the server has ended:\n{server.log.read_text()}"
    try:
        return str(server.health()["status"])
    except httpx.TransportError:
        return "no answer"


@dataclass
class Receiver:
    """An HTTP server of the test's own: takes webhooks and uploads, gives files.

    `answers` are the statuses of the next answers to POST and PUT; then 200.
    """

    url: str
    calls: list[tuple[float, str, str, dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0

    def bodies(self) -> list[Any]:
        return [json.loads(body) for _, _, _, _, body in self.calls]

    def wait_for(self, count: int) -> list[Any]:
        return eventually(self.bodies, lambda found: len(found) >= count)

    def wait_for_end(self) -> list[Any]:
        return eventually(self.bodies, lambda found: bool(found) and "completed_at" in found[-1])


@contextlib.contextmanager
def receiving(host: str = "127.0.0.1") -> Iterator[Receiver]:
    receiver = Receiver("")

    class Handler(http.server.BaseHTTPRequestHandler):
        def take(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            receiver.calls.append((time.monotonic(), self.command, self.path, dict(self.headers), body))
            time.sleep(receiver.delay)
            self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def give(self) -> None:
            time.sleep(receiver.delay)
            content = receiver.files.get(self.path)
            self.send_response(404 if content is None else 200)
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, format: str, *args: Any) -> None:
            """Tests look at `calls`."""

        do_POST = do_PUT = take  # noqa: N815 - the names that http.server calls
        do_GET = give  # noqa: N815

    with http.server.ThreadingHTTPServer((host, 0), Handler) as server:
        receiver.url = f"http://{host}:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield receiver
        server.shutdown()
