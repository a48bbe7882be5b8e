"""A client of event streams."""

import contextlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from .serving import Served

ACCEPT = {"Accept": "text/event-stream"}


@dataclass(frozen=True)
class Seen:
    """One event, and when it came; `id` is empty for one without."""

    name: str
    data: Any
    id: str
    at: float


@contextlib.contextmanager
def watching(
    server: Served, path: str, body: Any = None, method: str = "POST", **headers: str
) -> Iterator[Iterator[Seen]]:
    """The events of an answer, as they come."""
    with server.client.stream(method, path, json=body, headers={**ACCEPT, **headers}) as answer:
        assert answer.status_code == 200, answer.read()
        assert answer.headers["content-type"] == "text/event-stream"
        assert answer.headers["cache-control"] == "no-cache"
        yield _events(answer)


def watched(server: Served, path: str, body: Any = None, method: str = "POST", **headers: str) -> list[Seen]:
    with watching(server, path, body, method, **headers) as events:
        return list(events)


def _events(answer: httpx.Response) -> Iterator[Seen]:
    fields: dict[str, str] = {}
    for line in answer.iter_lines():
        name, _, value = line.partition(": ")
        if name:
            fields[name] = value
        elif "data" in fields:
            yield Seen(fields["event"], json.loads(fields["data"]), fields.get("id", ""), time.monotonic())
            fields = {}
