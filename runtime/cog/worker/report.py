"""What a worker tells the server about one prediction."""

import contextlib
import functools
import os
import sys
from typing import Any, Dict, Optional

from .. import wire
from ..metrics import Metrics
from ..scope import Scope
from .channel import Channel
from .encode import Encoder, OutputError
from .forked import is_forked
from .tracebacks import print_traceback

# After each of the first ones, others may run: who waits for the first token is not to wait until a model that yields
# without a pause has used up its turn on a processor that it shares with the server.
_SHARED_CHUNKS = 100


class Report:
    """The messages of one prediction: outputs and metrics, then exactly one end."""

    def __init__(self, channel: Channel, prediction_id: str) -> None:
        self._channel = channel
        self._id = prediction_id
        self._chunks = 0

    def scope(self, context: Optional[Dict[str, str]]) -> Scope:
        return Scope(self._id, context, self._metric)

    def _metric(self, metrics: Metrics, name: str, value: Any, mode: str) -> None:
        event = {"name": name, "value": value, "mode": mode, "metrics": metrics.nested()}
        self._channel.send({"type": "metric", "id": self._id, **event})

    def chunk(self, value: Any) -> None:
        """One item of an iterator. Raises OutputError when it cannot be sent."""
        self._channel.send_frame(_frame({"type": "output", "id": self._id}, value, copies=True))
        self._chunks += 1
        if self._chunks <= _SHARED_CHUNKS:
            os.sched_yield()

    def ended(self, value: Any, streamed: bool) -> None:
        """The good end. `value` is the output, which a stream has sent already."""
        end_if_forked()
        if streamed:
            self._end("succeeded")
            return
        try:
            frame = _frame({"type": "done", "id": self._id, "status": "succeeded"}, value, copies=False)
        except BaseException as error:
            self.failed(error)
            return
        flush()
        self._channel.send_frame(frame)

    def canceled(self) -> None:
        end_if_forked()
        self._end("canceled")

    def failed(self, error: BaseException) -> None:
        """Prints the traceback, from the model's own frames on, into the logs."""
        end_if_forked(error)
        if not isinstance(error, OutputError):
            print_traceback(error)
        self._end("failed", error=_sendable(message_of(error)))

    def _end(self, status: str, **more: str) -> None:
        flush()
        self._channel.send({"type": "done", "id": self._id, "status": status, **more})


def _frame(message: wire.Message, value: Any, copies: bool) -> bytes:
    encoder = Encoder(copies)
    try:
        message["output"] = encoder.encode(value)
        if encoder.files:
            message["files"] = encoder.files
        return wire.encode(message)
    except (ValueError, TypeError, RecursionError) as error:
        raise OutputError(f"the output cannot be written as JSON: {error}") from error


def end_if_forked(error: Optional[BaseException] = None) -> None:
    """Ends a child that has left the model's code, as a script would: the prediction is that of its parent."""
    if not is_forked():
        return
    status: Any = 0 if error is None else 1
    if isinstance(error, SystemExit):
        status = error.code
    elif error is not None:
        print_traceback(error)
    flush()
    os._exit(status & 0xFF if isinstance(status, int) else status is not None)


def message_of(error: BaseException) -> str:
    """What a client reads as `error`."""
    if isinstance(error, SystemExit):
        return f"the model called sys.exit({error.code!r})"
    try:
        return str(error) or type(error).__name__
    except Exception:  # of a class whose own text fails
        return type(error).__name__


def _sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def flush() -> None:
    """Everything printed must be in the pipes before the end is told; C code has a buffer of its own."""
    for stream in (sys.stdout, sys.stderr):
        # Closed, None, or an object of the model's that has no more than `write`.
        with contextlib.suppress(Exception):
            stream.flush()
    _flush_c()


def _flush_c() -> None:
    if "ctypes" in sys.modules:
        _c_library().fflush(None)


@functools.lru_cache(maxsize=None)
def _c_library() -> Any:
    return sys.modules["ctypes"].CDLL(None)
