"""A prediction server as its client sees it, wherever it runs."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from ..ir.codes.delivery import PREDICTION_FAILED, SETUP_FAILED
from ..ir.diagnostic import CompileError

# Seconds between two looks at a server that is starting.
_PAUSE = 0.1
_LOOK = 5.0


@dataclass(frozen=True, slots=True)
class Server:
    """`logs` gives what its process printed so far, `is_alive` whether it still runs."""

    url: str
    is_alive: Callable[[], bool]
    logs: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Event:
    """One server-sent event; `kind` is `start`, `output`, `log`, `metric`, `completed` or `error`."""

    kind: str
    data: dict[str, Any]


def wait_until_ready(server: Server, seconds: float) -> None:
    """Returns when the model's setup is done.

    Raises CompileError (`setup-failed`) with its logs when it failed, or did not end in `seconds`.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        alive = server.is_alive()
        health = _health(server.url)
        if health.get("status") in ("READY", "BUSY"):
            return
        if health.get("status") == "SETUP_FAILED":
            raise _setup_failed("the model's setup failed", health.get("setup", {}).get("logs", ""))
        if not alive:
            raise _setup_failed("the server ended before the model was ready", server.logs())
        time.sleep(_PAUSE)
    raise _setup_failed(f"the model was not ready after {seconds:.0f} seconds", server.logs())


def predict(server: Server, inputs: dict[str, Any]) -> dict[str, Any]:
    """The prediction, whatever became of it.

    Raises CompileError (`prediction-failed`) when the server refuses it or goes away.
    """
    with _told(server):
        answer = httpx.post(f"{server.url}/predictions", json={"input": inputs}, timeout=None)
    return _accepted(answer)


def follow(server: Server, inputs: dict[str, Any]) -> Iterator[Event]:
    """The prediction's events as they come, the last of which is `completed` or `error`."""
    headers = {"Accept": "text/event-stream"}
    address = f"{server.url}/predictions"
    with _told(server), httpx.stream("POST", address, json={"input": inputs}, headers=headers, timeout=None) as answer:
        if answer.status_code != httpx.codes.OK:
            answer.read()
            _accepted(answer)
        yield from _events(answer.iter_lines())


def _events(lines: Iterator[str]) -> Iterator[Event]:
    kind = ""
    for line in lines:
        field, _, value = line.partition(": ")
        if field == "event":
            kind = value
        if field == "data":
            yield Event(kind, json.loads(value))


def _health(url: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = httpx.get(f"{url}/health-check", timeout=_LOOK).json()
    except (httpx.HTTPError, ValueError):
        return {}
    return found


def _accepted(answer: httpx.Response) -> dict[str, Any]:
    if answer.status_code == httpx.codes.OK:
        found: dict[str, Any] = answer.json()
        return found
    raise CompileError(
        [PREDICTION_FAILED.bare(f"the server refused the prediction ({answer.status_code}): {answer.text}")]
    )


@contextmanager
def _told(server: Server) -> Iterator[None]:
    """A connection that breaks is told with what the server printed."""
    try:
        yield
    except httpx.HTTPError as error:
        message = f"the server went away: {error}\n{server.logs()}"
        raise CompileError([PREDICTION_FAILED.bare(message)]) from error


def _setup_failed(message: str, logs: str) -> CompileError:
    text = logs.strip()
    return CompileError([SETUP_FAILED.bare(f"{message}\n{text}" if text else message)])
