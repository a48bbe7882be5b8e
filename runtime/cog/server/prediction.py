"""A prediction: one object with one life, however it arrived and whoever watches."""

import asyncio
import datetime
import functools
import time
from typing import Any, Callable, Dict, List, Optional

from .errors import Refused
from .json import Parts, encoded_parts
from .request import PredictionRequest

Snapshot = Dict[str, Any]
Listener = Callable[[str, Dict[str, Any]], None]
TERMINAL = ("succeeded", "failed", "canceled")


def now() -> str:
    """In UTC, as ISO 8601 has it, to the microsecond."""
    seconds, microseconds = divmod(time.time_ns() // 1000, 1_000_000)
    return f"{_clock(seconds)}.{microseconds:06d}+00:00"


@functools.lru_cache(maxsize=1)
def _clock(seconds: int) -> str:
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")


class Prediction:
    """`starting`, then `processing`, then exactly one of the terminal states, after which nothing changes.

    Listeners hear `start`, `output`, `logs`, `metric` and `completed`, in the order in which they happen,
    each with what is new. `refusal` says why it has never had a slot.
    """

    def __init__(
        self, prediction_id: str, request: PredictionRequest, shown_input: Dict[str, Any], streams: bool
    ) -> None:
        self.id = prediction_id
        self.request = request
        self.status = "starting"
        self.output: Any = [] if streams else None
        self.error: Optional[str] = None
        self.metrics: Dict[str, Any] = {}
        self.refusal: Optional[Refused] = None
        self.cancel_requested = False
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._shown_input = shown_input
        self._logs: List[str] = []
        self._created_at = request.created_at or now()
        self._started_at: Optional[str] = None
        self._completed_at: Optional[str] = None
        self._began = 0.0
        self._listeners: List[Listener] = []
        self._answer: Parts = ()

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def _tell(self, event: str, **news: Any) -> None:
        for listener in self._listeners:
            listener(event, news)

    def start(self) -> None:
        self.status = "processing"
        self._started_at = now()
        self._began = time.monotonic()
        self._tell("start", id=self.id, status=self.status)

    def log(self, source: str, text: str) -> None:
        """`source` is `stdout` or `stderr`."""
        self._logs.append(text)
        self._tell("logs", source=source, data=text)

    def measure(self, name: str, value: Any, mode: str, metrics: Dict[str, Any]) -> None:
        """The model has recorded a metric, after which they are all as in `metrics`."""
        self.metrics = metrics
        self._tell("metric", name=name, value=value, mode=mode)

    def add_output(self, chunk: Any) -> None:
        """One more item of an iterator, whose output is a list from the start."""
        self.output.append(chunk)
        self._tell("output", chunk=chunk, index=len(self.output) - 1)

    def set_output(self, value: Any) -> None:
        self.output = value
        self._tell("output", chunk=value, index=0)

    def finish(self, status: str, error: Optional[str] = None) -> None:
        """The first call wins: a life has one end."""
        if self.status in TERMINAL:
            return
        self.status = status
        self.error = error
        self._completed_at = now()
        if self._started_at is not None:
            self.metrics = {**self.metrics, "predict_time": time.monotonic() - self._began}
        try:
            self._tell("completed")
        finally:
            # Nothing more is told; and who listens knows the prediction: both would wait for the garbage collector.
            self._listeners.clear()
            self.done.set_result(None)

    def answer(self) -> Parts:
        """The state as JSON; made only once after the end."""
        if self._answer:
            return self._answer
        body = encoded_parts(self.snapshot())
        if self.status in TERMINAL:
            self._answer = body
        return body

    def snapshot(self) -> Snapshot:
        """The state as clients and webhooks see it, apart from later changes."""
        return {
            "id": self.id,
            "status": self.status,
            "input": self._shown_input,
            "output": list(self.output) if isinstance(self.output, list) else self.output,
            "error": self.error,
            "logs": "".join(self._logs),
            "metrics": self.metrics,
            "version": None,
            "created_at": self._created_at,
            "started_at": self._started_at,
            "completed_at": self._completed_at,
        }
