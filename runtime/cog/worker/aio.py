"""Predictions of an asynchronous model, concurrently on one event loop."""

import asyncio
import socket
from typing import Any, Dict

from .. import wire
from ..scope import entered
from ..scratch import inside
from ..wire import Message
from .channel import Channel
from .forked import is_forked
from .model import Model
from .report import Report
from .trace import prediction_span

_READ_BYTES = 1 << 16


async def serve(channel: Channel, model: Model) -> None:
    """Until the server hangs up."""
    running: Dict[str, Any] = {}
    decoder = wire.Decoder()
    ended = asyncio.Event()

    def on_readable() -> None:
        if is_forked():
            return  # a child that the model has made runs on in this loop, for as long as its task lasts
        # The socket stays blocking, for whole sends; only this read must not wait.
        data = channel.socket.recv(_READ_BYTES, socket.MSG_DONTWAIT)
        if not data:
            ended.set()
        for message in decoder.feed(data):
            _dispatch(message, channel, model, running)

    asyncio.get_running_loop().add_reader(channel.socket, on_readable)
    await ended.wait()


def _dispatch(message: Message, channel: Channel, model: Model, running: Dict[str, Any]) -> None:
    name = message["id"]
    if message["type"] == "cancel":
        task = running.get(name)
        if task is not None:
            # After its first step: a task that is cancelled before it would end without a word.
            asyncio.get_running_loop().call_soon(task.cancel)
        return
    running[name] = asyncio.get_running_loop().create_task(_live(model, message, Report(channel, name), running))


async def _live(model: Model, message: Message, report: Report, running: Dict[str, Any]) -> None:
    with entered(report.scope(message.get("context"))), inside(message["scratch"]):
        try:
            with prediction_span(message["id"], message.get("trace", {})):
                value = await _called(model, message, report)
        except asyncio.CancelledError:
            report.canceled()
        except BaseException as error:
            report.failed(error)
        else:
            report.ended(value, model.streams)
        finally:
            del running[message["id"]]


async def _called(model: Model, message: Message, report: Report) -> Any:
    value = model.call(**model.decoded(message["input"]))
    if hasattr(value, "__aiter__"):
        return await _collected(value, model, report)
    value = await value
    if not model.streams:
        return value
    for item in value:
        report.chunk(item)
    return None


async def _collected(items: Any, model: Model, report: Report) -> Any:
    """Sends each item as it is made; a generator that is not annotated as one gives a list."""
    if not model.streams:
        return [item async for item in items]
    async for item in items:
        report.chunk(item)
    return None
