"""The workers of a server: kept alive, and lent to predictions slot by slot."""

import asyncio
import contextlib
import logging
import sys
from dataclasses import dataclass, replace
from typing import Any, Callable, Dict, List, Optional

from ..signature import Signature
from .config import Config
from .errors import Refused
from .prediction import now
from .worker import Worker

_log = logging.getLogger("cog.fleet")

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 30.0
_CHECK_SECONDS = 5.0


@dataclass(frozen=True)
class Setup:
    """The newest run of the model's setup; `status` is `starting`, `succeeded` or `failed`."""

    status: str = "starting"
    started_at: Optional[str] = None
    completed_at: Optional[str] = None
    logs: str = ""


class Fleet:
    """Each place runs one worker after another; a setup that fails ends the server or, if so told, the fleet."""

    def __init__(self, config: Config, on_ready: Callable[[], None], on_failed: Callable[[], None]) -> None:
        self.setup = Setup()
        self.signatures: Dict[str, Signature] = {}
        self._config = config
        self._on_ready = on_ready
        self._on_failed = on_failed
        self._workers: List[Worker] = []
        self._places: List[asyncio.Task[None]] = []

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._places = [loop.create_task(self._keep()) for _ in range(self._config.workers)]

    async def stop(self) -> None:
        """Ends all workers at once; what still runs in them is lost."""
        for task in self._places:
            task.cancel()
        await asyncio.gather(*self._places, return_exceptions=True)

    @property
    def failed(self) -> bool:
        return self.setup.status == "failed"

    @property
    def ready(self) -> bool:
        return any(worker.slots for worker in self._workers)

    @property
    def busy(self) -> bool:
        return not any(worker.is_free for worker in self._workers)

    def reserve(self) -> Worker:
        """A worker with a slot for the caller, which gives it back by `reserved -= 1`. Raises Refused."""
        if self.failed:
            raise Refused(503, f"The model cannot be used: its setup failed: {_last_line(self.setup.logs)}")
        if not self.ready:
            raise Refused(503, "Setup has not finished yet, try again later")
        free = [worker for worker in self._workers if worker.is_free]
        if not free:
            raise Refused(409, "Already running a prediction: all slots are taken")
        worker = min(free, key=lambda each: each.reserved)
        worker.reserved += 1
        return worker

    async def complaint(self) -> Optional[str]:
        """What the models' own healthchecks say, None when all are content."""
        answers = await asyncio.gather(*(each.unhealthy(_CHECK_SECONDS) for each in self._workers if each.slots))
        return next((answer for answer in answers if answer), None)

    async def _keep(self) -> None:
        pause = _FIRST_PAUSE
        while not self.failed:
            began = asyncio.get_running_loop().time()
            try:
                await self._run_one()
            except OSError as error:
                _log.error("no worker can be started: %s", error)
            lived = asyncio.get_running_loop().time() - began
            pause = _FIRST_PAUSE if lived > _LONGEST_PAUSE else min(pause * 2, _LONGEST_PAUSE)
            await asyncio.sleep(pause)

    async def _run_one(self) -> None:
        """One life of one worker."""
        worker = Worker(self._config, self._on_log)
        self.setup = Setup(started_at=now())
        await worker.start()
        self._workers.append(worker)
        watch = asyncio.ensure_future(worker.wait())
        try:
            await self._set_up(worker)
            self._on_ended(await watch)
        finally:
            worker.kill()
            self._workers.remove(worker)
            await watch

    def _on_ended(self, status: int) -> None:
        if not self.failed:
            self.setup = Setup()
            _log.warning("a worker ended with status %s; it is replaced", status)

    async def _set_up(self, worker: Worker) -> None:
        worker.described.add_done_callback(self._on_described)
        await asyncio.wait({worker.ready}, timeout=self._config.setup_timeout)
        if not worker.ready.done():
            worker.setup_error = f"setup took longer than {self._config.setup_timeout:g} seconds"
            worker.kill()
        message = await worker.ready
        status = "failed" if message is None else "succeeded"
        logs = self.setup.logs if message else self._with_error(worker.setup_error)
        self.setup = replace(self.setup, status=status, completed_at=now(), logs=logs)
        if message is not None:
            self._on_ready()
            return
        _log.error("setup failed: %s", worker.setup_error)
        self._on_failed()

    def _with_error(self, error: str) -> str:
        logs = self.setup.logs
        return logs if error in logs else f"{logs}{error}\n"

    def _on_described(self, future: Any) -> None:
        if future.cancelled() or self.signatures:
            return
        self.signatures = {mode: Signature.from_json(data) for mode, data in future.result().items()}

    def _on_log(self, source: str, text: str) -> None:
        if self.setup.status == "starting":
            self.setup = replace(self.setup, logs=self.setup.logs + text)
        stream = sys.stdout if source == "stdout" else sys.stderr
        with contextlib.suppress(OSError):
            stream.write(text)
            stream.flush()


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else "no reason was given"
