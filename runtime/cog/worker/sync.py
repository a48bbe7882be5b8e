"""Predictions of a synchronous model, one after another on the main thread.

The main thread reads the socket itself: no hand-over between threads, and signals reach what runs. The
server cancels by SIGUSR1, and may send it again until it hears the end.
"""

import inspect
import signal
import threading
from typing import Any, Iterator, Optional

from ..exceptions import CancelationException
from ..scope import entered
from ..scratch import inside
from ..wire import Message
from .channel import Channel
from .model import Model
from .report import Report
from .trace import prediction_span


class Cancelation:
    """Raises in the main thread at most once per prediction, and never between predictions.

    Inside `with`, signals are ignored; the server sends another. Other threads than the main one see none anyway.
    """

    def __init__(self) -> None:
        self._main = threading.main_thread().ident
        self._armed = False
        self._is_held = False
        signal.signal(signal.SIGUSR1, self._on_signal)

    def arm(self) -> None:
        self._armed = True

    def disarm(self) -> None:
        self._armed = False

    def __enter__(self) -> None:
        if threading.get_ident() == self._main:
            self._is_held = True

    def __exit__(self, *error: object) -> None:
        if threading.get_ident() == self._main:
            self._is_held = False

    def _on_signal(self, number: int, frame: Any) -> None:
        if self._armed and not self._is_held:
            self._armed = False
            raise CancelationException


def serve(channel: Channel, model: Model) -> None:
    """Until the server hangs up."""
    cancelation = Cancelation()
    channel.unbroken = cancelation
    for message in _messages(channel):
        report = Report(channel, message["id"])
        with entered(report.scope(message.get("context"))), inside(message["scratch"]):
            _run(model, message, report, cancelation)


def _messages(channel: Channel) -> Iterator[Message]:
    message: Optional[Message] = channel.receive()
    while message is not None:
        yield message
        message = channel.receive()


def _run(model: Model, message: Message, report: Report, cancelation: Cancelation) -> None:
    try:
        with prediction_span(message["id"], message.get("trace", {})):
            value = _called(model, message, report, cancelation)
    except CancelationException:
        # Also the place for a signal between the end of the call and `disarm`.
        cancelation.disarm()
        report.canceled()
    except BaseException as error:
        report.failed(error)
    else:
        report.ended(value, model.streams)


def _called(model: Model, message: Message, report: Report, cancelation: Cancelation) -> Any:
    cancelation.arm()
    try:
        value = model.call(**model.decoded(message["input"]))
        if not model.streams:
            return list(value) if inspect.isgenerator(value) else value
        for item in value:
            report.chunk(item)
        return None
    finally:
        cancelation.disarm()
