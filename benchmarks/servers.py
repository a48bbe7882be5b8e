"""Servers to be measured: started as a JSON file says, their processes counted, ended by their numbers."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_TICKS = os.sysconf("SC_CLK_TCK")
_START_SECONDS, _STEP, _STOP_SECONDS = 60.0, 0.005, 15.0
_CPU_FIELDS = slice(11, 13)  # utime and stime, counted from the one after the name


@dataclass(frozen=True)
class Spec:
    """`requests` are by what they measure: `load`, `stream`, `input`, `output`, `webhook`."""

    name: str
    folder: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    requests: Mapping[str, Any]


@dataclass(frozen=True)
class Server:
    """One that runs; `start` is in seconds, from its command to its first good answer."""

    spec: Spec
    pid: int
    port: int
    start: float

    def cpu(self) -> float:
        """Seconds, of all its processes."""
        return sum(sum(int(ticks) for ticks in fields[_CPU_FIELDS]) / _TICKS for _, fields in tree(self.pid))

    def memory(self) -> float:
        """MiB of all its processes, with what they share counted once."""
        return sum(_proportional(number) for number, _ in tree(self.pid)) / 1024


def read(file: Path) -> tuple[Spec, ...]:
    """`{"NAME": {"folder", "command", "environment", "requests"}}`, in that order."""
    found = json.loads(file.read_text())
    return tuple(
        Spec(name, each.get("folder", "{here}"), tuple(each["command"]), each.get("environment", {}), each["requests"])
        for name, each in found.items()
    )


@contextmanager
def running(spec: Spec, python: str) -> Iterator[Server]:
    """Raises SystemExit where it gives no good answer."""
    port = _free_port()
    values = {"port": str(port), "here": str(HERE), "python": python, "path": os.environ["PATH"]}

    def filled(text: str) -> str:
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    began = time.perf_counter()
    process = subprocess.Popen(
        [filled(word) for word in spec.command],
        cwd=filled(spec.folder),
        env={**os.environ, **{name: filled(value) for name, value in spec.environment.items()}},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _answers(spec, process, port)
        yield Server(spec, process.pid, port, time.perf_counter() - began)
    finally:
        _end(process)


def _answers(spec: Spec, process: "subprocess.Popen[bytes]", port: int) -> None:
    asked = next(iter(spec.requests.values()))
    asked = {**asked, "body": asked.get("first_body", asked["body"])}
    until = time.perf_counter() + _START_SECONDS
    while time.perf_counter() < until and process.poll() is None:
        with suppress(OSError, http.client.HTTPException):
            if _status(port, asked) in (200, 202):
                return
        time.sleep(_STEP)
    sys.exit(f"{spec.name} does not answer")


def _status(port: int, asked: Mapping[str, Any]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_START_SECONDS)
    try:
        connection.request("POST", asked["path"], json.dumps(asked["body"]), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def _end(process: "subprocess.Popen[bytes]") -> None:
    """With what it has started, also where that outlives it."""
    numbers = [number for number, _ in tree(process.pid)]
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_STOP_SECONDS)
    for number in numbers:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    process.wait()


def tree(root: int) -> list[tuple[int, list[str]]]:
    """The numbers of a process and of all below it, each with its fields of /proc/PID/stat behind the name."""
    found: dict[int, list[str]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                found[int(entry.name)] = (entry / "stat").read_text().rpartition(")")[2].split()
    inside = {root} & found.keys()
    while more := {number for number, fields in found.items() if int(fields[1]) in inside} - inside:
        inside |= more
    return [(number, found[number]) for number in sorted(inside)]


def _proportional(number: int) -> int:
    with suppress(OSError):
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return 0


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port
