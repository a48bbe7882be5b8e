"""A served model, as a client sees it: its URL, wherever it runs."""

import base64
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx

PATIENCE = 60.0  # seconds for an answer, on a machine that does other things as well


@dataclass(frozen=True)
class Model:
    url: str

    def ask(self, **inputs: Any) -> httpx.Response:
        return httpx.post(f"{self.url}/predictions", json={"input": inputs}, timeout=PATIENCE)

    def predict(self, **inputs: Any) -> Any:
        """The output of a prediction that has to succeed."""
        prediction = self.ask(**inputs).raise_for_status().json()
        assert prediction["status"] == "succeeded", prediction
        return prediction["output"]

    def stream(self, **inputs: Any) -> Iterator[tuple[str, Any]]:
        """The name and the data of each server-sent event."""
        headers = {"Accept": "text/event-stream"}
        with httpx.stream(
            "POST", f"{self.url}/predictions", json={"input": inputs}, headers=headers, timeout=PATIENCE
        ) as response:
            response.raise_for_status()
            yield from _events(response.iter_lines())

    def wait_until_ready(self, seconds: float, is_running: Callable[[], bool]) -> None:
        """Raises AssertionError if the server ends, or is not ready in time; its own log tells more."""
        deadline = time.monotonic() + seconds
        status = self._status()
        while status != "READY":
            assert is_running(), f"the server ended before it was ready: {status}"
            assert time.monotonic() < deadline, f"not ready after {seconds:.0f} s: {status}"
            time.sleep(0.1)
            status = self._status()

    def _status(self) -> str:
        try:
            return str(httpx.get(f"{self.url}/health-check", timeout=PATIENCE).json()["status"])
        except httpx.TransportError as error:
            return str(error)


def _events(lines: Iterator[str]) -> Iterator[tuple[str, Any]]:
    name = ""
    for line in lines:
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        if field == "data":
            yield name, json.loads(value)


def data_url(content: bytes, mime: str) -> str:
    return f"data:{mime};base64,{base64.b64encode(content).decode()}"


def content_of(url: str) -> bytes:
    """The bytes that a base64 data URL carries."""
    header, _, text = url.partition(",")
    assert header.endswith(";base64"), url[:100]
    return base64.b64decode(text)
