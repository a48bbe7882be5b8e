"""One worker process as the server sees it: started, spoken to, ended."""

import asyncio
import contextlib
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable, Dict, Optional, Tuple

from .. import wire
from .child import Child
from .config import Config
from .link import Call, Link
from .logs import ModelLog
from .pipes import LogPipes
from .prediction import Prediction, now
from .scratch import remove
from .setup import Setup
from .strays import end_strays

_SIGNAL_INTERVAL = 0.1
_LAST_WORDS = 0.5


class Worker:
    """One process. `ready` resolves to its `ready` message, or to None when its setup has failed.

    `reserved` counts the slots taken, from the acceptance of a prediction to its end. `folder` ends with the process.
    """

    def __init__(self, config: Config, log: ModelLog, child: Child) -> None:
        loop = asyncio.get_running_loop()
        self.described: asyncio.Future[wire.Message] = loop.create_future()
        self.ready: asyncio.Future[Optional[wire.Message]] = loop.create_future()
        self.setup = Setup(started_at=now())
        self.setup_error = ""
        self.end_reason = ""
        self.slots = 0
        self.reserved = 0
        self.has_served = False
        self._config = config
        self._log = log
        self._child = child
        self._calls: Dict[str, Call] = {}
        self._is_async = False
        self._health: Optional[Tuple[asyncio.Future[Optional[str]], float]] = None
        self._pipes = LogPipes(child.stdout, child.stderr, self._on_text)

    async def connect(self) -> None:
        # Both are there before the first message: a worker with a head start may have said that it is ready.
        self._control, self._data = Link(self._on_health), Link(self._on_message)
        self._data.closed.add_done_callback(self._on_hung_up)
        await self._control.join(self._child.control)
        await self._data.join(self._child.data)

    @property
    def pid(self) -> int:
        return self._child.pid

    def predict(self, prediction: Prediction, inputs: Dict[str, Any], folder: str, trace: Dict[str, str]) -> Call:
        """`folder` is for its temporary files. Raises ValueError when an input cannot be written as JSON."""
        call = Call(prediction.id, self._data)
        about = {"id": call.id, "context": prediction.request.context, "trace": trace, "scratch": folder}
        # A worker with nothing to do waits for this one; what comes to one that is busy may come together.
        self._data.send({"type": "predict", "input": inputs, **about}, at_once=not self._calls)
        self._calls[call.id] = call
        if self._data.closed.done():
            self._lose(call)
        return call

    async def cancel(self, call: Call) -> None:
        """Asks until the prediction ends, and ends the process when the grace time is over."""
        call.hear_out()
        deadline = asyncio.get_running_loop().time() + self._config.cancel_grace
        if self._is_async:
            self._data.send({"type": "cancel", "id": call.id})
        while not call.ended.done() and asyncio.get_running_loop().time() < deadline:
            if not self._is_async:
                # Again and again: the first may come before the model's code has begun.
                self._signal(signal.SIGUSR1)
            await asyncio.wait({call.ended}, timeout=_SIGNAL_INTERVAL)
        if not call.ended.done():
            self.kill()

    async def unhealthy(self, limit: float) -> Optional[str]:
        """What the model's own healthcheck complains about, None when it is content.

        Callers share one check; `limit` is its time in seconds, whenever they have asked.
        """
        clock = asyncio.get_running_loop().time
        if self._health is None:
            self._health = (asyncio.get_running_loop().create_future(), clock())
            self._control.send({"type": "healthcheck"})
        answer, began = self._health
        await asyncio.wait({answer}, timeout=max(0.0, began + limit - clock()))
        return answer.result() if answer.done() else f"the healthcheck timed out after {limit:g} seconds"

    def _on_health(self, message: wire.Message) -> None:
        if self._health is not None:
            self._health[0].set_result(message["error"])
            self._health = None

    def kill(self) -> None:
        """The process and everything it has started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)

    def _signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._child.signal(number)

    async def wait(self) -> int:
        """Until the process has ended and its last words are read; returns its exit status."""
        # In a thread of its own: the loop's executor has too few for any number of workers.
        status = await asyncio.get_running_loop().run_in_executor(ThreadPoolExecutor(1), self._child.wait)
        self._data.hear_out()
        await asyncio.wait({self._data.closed}, timeout=_LAST_WORDS)
        self.kill()
        await asyncio.get_running_loop().run_in_executor(None, self._clean_up)
        self._pipes.drain()
        for call in list(self._calls.values()):
            self._lose(call)
        if not self.ready.done():
            self.setup = self.setup.failed(self.setup_error or f"the worker ended during setup ({_cause(status)})")
            self.ready.set_result(None)
        self.slots = 0
        self._log.end("")
        self._close()
        return status

    def _clean_up(self) -> None:
        end_strays(self._child.mark)
        remove(self._child.folder)

    def _close(self) -> None:
        self._data.close()
        self._control.close()
        self._pipes.close()

    def _lose(self, call: Call) -> None:
        cause = self.end_reason or _cause(self._child.status)
        error = f"the worker process ended during the prediction ({cause})"
        self._calls.pop(call.id, None)
        self._log.end(call.id)
        call.put({"type": "done", "id": call.id, "status": "failed", "error": error})

    def _on_text(self, source: str, text: str) -> None:
        """Bytes from the pipes belong to the one prediction that runs; with several, to none of them."""
        owners = list(self._calls.values()) if len(self._calls) == 1 else []
        for call in owners:
            call.put({"type": "log", "source": source, "data": text})
        self.setup = self.setup.with_log(text)
        self._log.write(source, text, owners[0].id if owners else "")

    def _on_message(self, message: wire.Message) -> None:
        handler = _HANDLERS.get(message["type"])
        if handler is not None:
            handler(self, message)
            return
        call = self._calls.get(message["id"])
        if call is not None:
            call.put(message)

    def _on_done(self, message: wire.Message) -> None:
        # Everything printed is in the pipes by now: read it before the end is told.
        self._pipes.drain()
        self.has_served = True
        self._log.end(message["id"])
        call = self._calls.pop(message["id"], None)
        if call is not None:
            call.put(message)

    def _on_printed(self, message: wire.Message) -> None:
        """Text that an async model has printed, which the worker has routed to its prediction."""
        self._log.write(message["source"], message["data"], message["id"])
        call = self._calls.get(message["id"])
        if call is not None:
            call.put(message)

    def _on_hung_up(self, _: Any) -> None:
        """It has ended, though its last words are still to be read: what would be given to it now would be lost."""
        self.slots = 0

    def _on_signature(self, message: wire.Message) -> None:
        self.described.set_result(message["signatures"])

    def _on_ready(self, message: wire.Message) -> None:
        self._pipes.drain()
        self._is_async = message["is_async"]
        self.slots = message["slots"]
        self.setup = self.setup.succeeded()
        self.ready.set_result(message)

    def _on_setup_failed(self, message: wire.Message) -> None:
        self.setup_error = message["error"]


_HANDLERS: Dict[str, Callable[[Worker, wire.Message], None]] = {
    "done": Worker._on_done,
    "log": Worker._on_printed,
    "signature": Worker._on_signature,
    "ready": Worker._on_ready,
    "setup_failed": Worker._on_setup_failed,
}


def _cause(status: Optional[int]) -> str:
    if status is None or status >= 0:
        return f"exit code {status or 0}"
    hint = "; it might have run out of memory" if status == -signal.SIGKILL else ""
    return f"signal {signal.Signals(-status).name}{hint}"
