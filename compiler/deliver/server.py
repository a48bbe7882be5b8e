"""A prediction server as its client sees it, wherever it runs."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from ..ir.codes.delivery import SETUP_FAILED
from ..ir.diagnostic import CompileError
from .setup_advice import setup_advice

# Seconds between two looks at a server that is starting.
_PAUSE = 0.1
_LOOK = 5.0

Hear = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Server:
    """`is_alive` says whether its process still runs. What it prints goes to whoever started it."""

    url: str
    is_alive: Callable[[], bool]


def wait_until_ready(server: Server, seconds: float) -> None:
    """Returns when the model's setup is done.

    Raises CompileError (`setup-failed`) when it failed, or did not end in `seconds`.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        alive = server.is_alive()
        health = _health(server.url)
        status = health.get("status")
        if status in ("READY", "BUSY"):
            return
        if status == "SETUP_FAILED":
            raise _setup_failed("the model's setup failed", setup_advice(str(health.get("setup", {}).get("logs", ""))))
        if not alive:
            raise _setup_failed("the server ended before the model was ready", "the lines above are its last")
        time.sleep(_PAUSE)
    raise _setup_failed(f"the model was not ready after {seconds:g} seconds", "give it longer with --setup-timeout")


def _health(url: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = httpx.get(f"{url}/health-check", timeout=_LOOK).json()
    except (httpx.HTTPError, ValueError):
        return {}
    return found


def _setup_failed(message: str, advice: str) -> CompileError:
    return CompileError([SETUP_FAILED.bare(message, help=advice)])
