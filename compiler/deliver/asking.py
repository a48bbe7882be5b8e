"""Asking a server for a prediction or a training: at once, or piece by piece while it runs."""

import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from ..ir.codes.delivery import PREDICTION_FAILED
from ..ir.diagnostic import CompileError
from .endpoint import Endpoint
from .server import Server

# Seconds between two looks at what runs.
_PAUSE = 0.1
_ENDS = ("succeeded", "failed", "canceled")

State = dict[str, Any]


def ask(server: Server, endpoint: Endpoint, inputs: State) -> Any:
    """The output.

    Raises CompileError (`prediction-failed`) when there is none: it failed, or the server refuses it or goes away.
    """
    with _told(endpoint):
        answer = httpx.post(f"{server.url}{endpoint.path}", json={"input": inputs}, timeout=None)
    return _output(_accepted(answer, endpoint), endpoint)


def watch(server: Server, endpoint: Endpoint, inputs: State) -> Iterator[Any]:
    """The pieces of the output as they come, by looking again and again. Raises as `ask` does."""
    address = f"{server.url}{endpoint.path}/{secrets.token_hex(8)}"
    seen = 0
    with _told(endpoint):
        answer = httpx.put(address, json={"input": inputs}, headers={"Prefer": "respond-async"}, timeout=None)
        state = _accepted(answer, endpoint)
        while True:
            pieces = state.get("output") or []
            yield from pieces[seen:]
            seen = len(pieces)
            if state["status"] in _ENDS:
                break
            time.sleep(_PAUSE)
            state = _accepted(httpx.get(address, timeout=None), endpoint)
    _output(state, endpoint)


def follow(server: Server, endpoint: Endpoint, inputs: State) -> Iterator[Any]:
    """The pieces of the output as the server sends them, of a model that streams. Raises as `ask` does."""
    headers = {"Accept": "text/event-stream"}
    address = f"{server.url}{endpoint.path}"
    with (
        _told(endpoint),
        httpx.stream("POST", address, json={"input": inputs}, headers=headers, timeout=None) as answer,
    ):
        if answer.status_code != httpx.codes.OK:
            answer.read()
            _accepted(answer, endpoint)
        for kind, data in _events(answer.iter_lines()):
            if kind == "output":
                yield data["chunk"]
            if kind in ("completed", "error"):
                _output(data, endpoint)


def _events(lines: Iterator[str]) -> Iterator[tuple[str, State]]:
    kind = ""
    for line in lines:
        field, _, value = line.partition(": ")
        if field == "event":
            kind = value
        if field == "data":
            yield kind, json.loads(value)


def _accepted(answer: httpx.Response, endpoint: Endpoint) -> State:
    if answer.status_code in (httpx.codes.OK, httpx.codes.ACCEPTED):
        found: State = answer.json()
        return found
    raise _failed(f"the server refused the {endpoint.noun} ({answer.status_code}): {answer.text}")


def _output(state: State, endpoint: Endpoint) -> Any:
    if state.get("status") == "succeeded":
        return state.get("output")
    raise _failed(f"the {endpoint.noun} {state.get('status', 'failed')}: {state.get('error') or 'no reason given'}")


@contextmanager
def _told(endpoint: Endpoint) -> Iterator[None]:
    try:
        yield
    except httpx.HTTPError as error:
        advice = "the lines above are its last; a model that takes more memory than there is ends so"
        raise _failed(f"the server went away during the {endpoint.noun}: {error}", advice) from error


def _failed(message: str, advice: str = "") -> CompileError:
    return CompileError([PREDICTION_FAILED.bare(message, help=advice)])
