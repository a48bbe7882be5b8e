"""One prediction from its acceptance to its end."""

import asyncio
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable, Coroutine, Dict, List, Optional, Tuple

from .. import wire
from .errors import FileError, Refused
from .events import EventLog
from .inputs import InputFiles
from .interface import Interface
from .link import Call
from .logs import about
from .outputs import discard, originals, with_urls
from .prediction import Prediction
from .queue import Queue
from .tracing import Trace
from .uploads import Target
from .worker import Worker

if TYPE_CHECKING:
    from .queue import Turn

_log = logging.getLogger("cog.runner")

Outcome = Tuple[str, Optional[str]]


@dataclass
class Run:
    """What one prediction runs with. `turn` is its place in the queue; `call` is there from when the worker has it.

    `target` says where its files go; `on_end` is told when the prediction has ended.
    """

    prediction: Prediction
    interface: Interface
    queue: Queue
    turn: "Turn"
    events: EventLog
    files: InputFiles
    target: Callable[[], Target]
    on_end: Callable[["Run"], None]
    time_limit: Optional[float]
    trace: Trace
    call: Optional[Call] = None
    began: float = 0.0

    def __post_init__(self) -> None:
        self._task: Optional[asyncio.Task[Any]] = None
        self._stopping: Optional[asyncio.Task[None]] = None
        self._is_overdue = False
        self._originals: List[Dict[str, Any]] = []

    def start(self) -> None:
        """In a task of its own."""
        self._task = asyncio.get_running_loop().create_task(self._live())

    def live(self) -> Coroutine[Any, Any, None]:
        """To its end, in the task of the caller, which `cancel` cancels where that is the only way: an end, too."""
        self._task = asyncio.current_task()
        return self._live()

    @property
    def worker(self) -> Worker:
        """Once the turn has come."""
        return self.turn.result()

    def cancel(self) -> None:
        """Ends the prediction as soon as it lets itself be ended; more calls change nothing."""
        if self.prediction.cancel_requested:
            return
        self.prediction.cancel_requested = True
        self._interrupt()

    def _interrupt(self) -> None:
        """Of the model's work when it has begun and not ended, else of our own: downloads and uploads."""
        if self.call is None or self.call.ended.done():
            self._cancel_task()
        else:
            self._stop(self.call)

    def _cancel_task(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _set_alarm(self, seconds: float) -> None:
        timer = asyncio.get_running_loop().call_later(seconds, self._time_out)
        self.prediction.done.add_done_callback(lambda _: timer.cancel())

    def _time_out(self) -> None:
        self._is_overdue = True
        self._interrupt()

    def _stop(self, call: Call) -> None:
        if self._stopping is None:
            self._stopping = asyncio.get_running_loop().create_task(self.worker.cancel(call))

    async def _live(self) -> None:
        outcome: Outcome = ("failed", "the server has failed; its log says how")
        try:
            outcome = await self._outcome()
        except asyncio.CancelledError:
            outcome = ("canceled", None)
        except Refused as refusal:
            self.prediction.refusal = refusal
            outcome = ("failed", refusal.detail)
        except FileError as problem:
            outcome = ("failed", str(problem))
        except ValueError as problem:
            outcome = ("failed", f"the input cannot be given to the model: {problem}")
        except Exception:
            _log.exception("prediction %s", self.prediction.id, extra=about(self.prediction.id))
        finally:
            if self.call is not None and not self.call.ended.done():
                await self._stopped(self.call)
            self._end(*outcome)

    async def _stopped(self, call: Call) -> None:
        """Whatever went wrong here: the slot is another's only when the model works for this prediction no more."""
        self._stop(call)
        call.hear_out()
        await asyncio.shield(call.ended)

    def _end(self, status: str, error: Optional[str]) -> None:
        """The slot is free before anybody hears of the end: the next request must not be refused."""
        self.queue.leave(self.turn)
        self.files.remove()
        discard(self._originals, self.began)
        if self.prediction.cancel_requested:
            status, error = "canceled", None
        elif self._is_overdue:
            status, error = "failed", f"the prediction took longer than {self.time_limit:g} seconds"
        try:
            self.prediction.finish(status, error)
        finally:
            self.on_end(self)
        self.trace.end(self.prediction)
        if _log.isEnabledFor(logging.DEBUG):
            _log.debug("prediction %s", status, extra=about(self.prediction.id))

    async def _outcome(self) -> Outcome:
        prediction = self.prediction
        await self.turn
        self.trace.step("cog.inputs")
        if self.time_limit is not None:
            self._set_alarm(self.time_limit)
        inputs = await self.files.localized(self.interface.remade, prediction.request.input)
        self.began = time.time()
        self.trace.step("cog.run")
        prediction.start()
        self.call = self.worker.predict(prediction, inputs, self.files.folder, self.trace.step_headers)
        broken = ""
        message = await self.call.next()
        while message["type"] != "done":
            broken = await self._heard(message) or broken
            if broken:
                self._stop(self.call)
            message = await self.call.next()
        return ("failed", broken) if broken else await self._ended(message)

    async def _heard(self, message: wire.Message) -> str:
        """Why the prediction cannot go on, empty when it can."""
        if message["type"] == "log":
            self.prediction.log(message["source"], message["data"])
        elif message["type"] == "metric":
            self.prediction.measure(message["name"], message["value"], message["mode"], message["metrics"])
        elif self._stopping is None:
            return await self._output(message, self.prediction.add_output)
        else:
            self._originals += originals(message.get("files", []))
            discard(message.get("files", []), self.began)
        return ""

    async def _ended(self, message: wire.Message) -> Outcome:
        if "output" not in message:
            return message["status"], message.get("error")
        broken = await self._output(message, self.prediction.set_output)
        return ("failed", broken) if broken else ("succeeded", None)

    async def _output(self, message: wire.Message, keep: Callable[[object], None]) -> str:
        """Why it cannot be kept, empty when it can."""
        value = message["output"]
        if "files" in message:
            self._originals += originals(message["files"])
            try:
                value = await with_urls(value, message["files"], self.target(), self.began)
            except FileError as problem:
                return str(problem)
        value, complaint = self.interface.check.fitted(value)
        if not complaint:
            keep(value)
        return complaint
