"""One prediction from its acceptance to its end."""

import asyncio
import logging
import time
from dataclasses import dataclass
from typing import Callable, Optional, Tuple

from .. import wire
from ..signature import Signature
from .downloads import InputFiles
from .errors import FileError
from .outputs import OutputCheck, with_urls
from .prediction import Prediction
from .uploads import Target
from .worker import Call, Worker

_log = logging.getLogger("cog.runner")

Outcome = Tuple[str, Optional[str]]


@dataclass
class Run:
    """What one prediction runs with. `call` is there from when the worker has it."""

    prediction: Prediction
    signature: Signature
    check: OutputCheck
    worker: Worker
    files: InputFiles
    target: Target
    on_end: Callable[[Prediction], None]
    call: Optional[Call] = None
    began: float = 0.0

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._task = loop.create_task(self._live())
        self._stopping: Optional[asyncio.Task[None]] = None

    def cancel(self) -> None:
        """Ends the prediction as soon as it lets itself be ended; more calls change nothing."""
        if self.prediction.cancel_requested:
            return
        self.prediction.cancel_requested = True
        if self.call is None:
            self._task.cancel()
        else:
            self._stop(self.call)

    def _stop(self, call: Call) -> None:
        if self._stopping is None:
            self._stopping = asyncio.get_running_loop().create_task(self.worker.cancel(call))

    async def _live(self) -> None:
        outcome: Outcome = ("failed", "the server has failed; its log says how")
        try:
            outcome = await self._outcome()
        except asyncio.CancelledError:
            outcome = ("canceled", None)
        except FileError as problem:
            outcome = ("failed", str(problem))
        except ValueError as problem:
            outcome = ("failed", f"the input cannot be given to the model: {problem}")
        except Exception:
            _log.exception("prediction %s", self.prediction.id)
        finally:
            self._end(*outcome)

    def _end(self, status: str, error: Optional[str]) -> None:
        """The slot is free before anybody hears of the end: the next request must not be refused."""
        self.worker.reserved -= 1
        self.files.remove()
        self.on_end(self.prediction)
        if self.prediction.cancel_requested:
            status, error = "canceled", None
        self.prediction.finish(status, error)

    async def _outcome(self) -> Outcome:
        prediction = self.prediction
        inputs = await self.files.localized(self.signature, prediction.request.input)
        self.began = time.time()
        prediction.start()
        self.call = self.worker.predict(prediction.id, inputs, prediction.request.context)
        broken = ""
        message = await self.call.messages.get()
        while message["type"] != "done":
            broken = broken or await self._heard(message)
            if broken:
                self._stop(self.call)
            message = await self.call.messages.get()
        return ("failed", broken) if broken else await self._ended(message)

    async def _heard(self, message: wire.Message) -> str:
        """Why the prediction cannot go on, empty when it can."""
        if message["type"] == "log":
            self.prediction.log(message["data"])
        elif message["type"] == "metric":
            self.prediction.metrics = message["metrics"]
        else:
            return await self._output(message, self.prediction.add_output)
        return ""

    async def _ended(self, message: wire.Message) -> Outcome:
        if "output" not in message:
            return message["status"], message.get("error")
        broken = await self._output(message, self.prediction.set_output)
        return ("failed", broken) if broken else ("succeeded", None)

    async def _output(self, message: wire.Message, keep: Callable[[object], None]) -> str:
        value = message["output"]
        if "files" in message:
            try:
                value = await with_urls(value, message["files"], self.target, self.began)
            except FileError as problem:
                return str(problem)
        complaint = self.check.complaint(value)
        if not complaint:
            keep(value)
        return complaint
