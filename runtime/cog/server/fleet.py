"""The workers of a server: kept alive, and lent to predictions slot by slot."""

import asyncio
import logging
from typing import Any, Callable, Dict, Iterable, List, Optional

from ..signature import Signature
from .child import Child
from .config import Config
from .errors import Refused
from .logs import ModelLog
from .prediction import now
from .scratch import Scratch
from .setup import Setup
from .strays import reap_adopted
from .weights import WeightsError, weights_ready
from .worker import Worker

_log = logging.getLogger("cog.fleet")

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 30.0
_CHECK_SECONDS = 5.0
_REAP_SECONDS = 1.0
_DRAIN_SECONDS = 0.05
_CHANGED = "the source changed, and the model was loaded again"


class Fleet:
    """Each place runs one worker after another; a setup that fails ends the server or, if so told, the fleet.

    `children` are processes of workers that have been started already.
    """

    def __init__(
        self,
        config: Config,
        model_log: ModelLog,
        scratch: Scratch,
        children: Iterable[Child],
        on_ready: Callable[[], None],
        on_failed: Callable[[], None],
    ) -> None:
        self.signatures: Dict[str, Signature] = {}
        self.lost = 0
        self._config = config
        self._model_log = model_log
        self._scratch = scratch
        self._children = list(children)
        self._on_ready = on_ready
        self._on_failed = on_failed
        self._workers: List[Worker] = []
        self._places: List[asyncio.Task[None]] = []
        self._failure: Optional[Setup] = None
        self._is_leaving = False

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        keepers = [self._keep() for _ in range(self._config.workers)]
        self._places = [loop.create_task(each) for each in (*keepers, self._reap())]

    async def stop(self) -> None:
        """Ends all workers at once; what still runs in them is lost."""
        for task in self._places:
            task.cancel()
        await asyncio.gather(*self._places, return_exceptions=True)

    async def restart(self, grace: float) -> None:
        """Begins again with the source as it is now; what runs has `grace` seconds to end before it is lost."""
        self._is_leaving = True
        deadline = asyncio.get_running_loop().time() + grace
        while any(each.reserved for each in self._workers) and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(_DRAIN_SECONDS)
        for each in self._workers:
            each.end_reason = _CHANGED
        await self.stop()
        self._failure, self.signatures, self._is_leaving = None, {}, False
        self.start()

    @property
    def setup(self) -> Setup:
        """The failed one; else that of a worker that is ready, else the newest."""
        if self._failure is not None:
            return self._failure
        ready = [worker for worker in self._workers if worker.slots]
        shown = ready or self._workers[-1:]
        return shown[0].setup if shown else Setup()

    @property
    def failed(self) -> bool:
        return self._failure is not None

    @property
    def ready(self) -> bool:
        return not self._is_leaving and any(worker.slots for worker in self._workers)

    @property
    def slots(self) -> int:
        return sum(worker.slots for worker in self._workers)

    @property
    def busy(self) -> bool:
        return self._freest() is None

    def reserve(self) -> Worker:
        """A worker with a slot for the caller, which gives it back by `reserved -= 1`. Raises Refused."""
        if self.failed or self._is_leaving:
            raise self.refusal()
        worker = self._freest()
        if worker is None:
            raise Refused(409, "Already running a prediction: all slots are taken") if self.ready else self.refusal()
        worker.reserved += 1
        return worker

    def _freest(self) -> Optional[Worker]:
        # A loop, because it is asked for every prediction.
        found = None
        for worker in self._workers:
            if worker.reserved < worker.slots and (found is None or worker.reserved < found.reserved):
                found = worker
        return found

    def refusal(self) -> Refused:
        """Why there is nothing to reserve."""
        if self.failed:
            return Refused(503, f"The model cannot be used: its setup failed: {self.setup.reason}")
        return Refused(503, "Setup has not finished yet, try again later")

    async def complaint(self) -> Optional[str]:
        """What the models' own healthchecks say, None when all are content."""
        answers = await asyncio.gather(*(each.unhealthy(_CHECK_SECONDS) for each in self._workers if each.slots))
        return next((answer for answer in answers if answer), None)

    async def _keep(self) -> None:
        await self._wait_for_weights()
        pause = _FIRST_PAUSE
        while not self.failed:
            # One that dies without having been of use is likely to do it again.
            pause = _FIRST_PAUSE if await self._run_one() else min(pause * 2, _LONGEST_PAUSE)
            await asyncio.sleep(pause)

    async def _wait_for_weights(self) -> None:
        try:
            await weights_ready(self._config.weights_file, self._config.weights_timeout)
        except WeightsError as error:
            if not self.failed:
                self._fail(Setup(started_at=now()).failed(str(error)))

    async def _run_one(self) -> bool:
        """The whole life of a worker; False when it has not been of use."""
        try:
            child = self._children.pop() if self._children else Child(self._config, self._scratch.place("worker"))
        except OSError as error:
            _log.error("no worker can be started: %s", error)
            return False
        worker = Worker(self._config, self._model_log, child)
        self._workers.append(worker)
        try:
            await worker.connect()
            await self._follow(worker)
        finally:
            self._workers.remove(worker)
        return worker.has_served

    async def _follow(self, worker: Worker) -> None:
        watch = asyncio.ensure_future(worker.wait())
        try:
            await self._set_up(worker)
            _told_end(await asyncio.shield(watch), self.failed)
            self.lost += 1
        finally:
            worker.kill()
            await watch

    async def _set_up(self, worker: Worker) -> None:
        worker.described.add_done_callback(self._on_described)
        await asyncio.wait({worker.ready}, timeout=self._config.setup_timeout)
        if not worker.ready.done():
            worker.setup_error = f"setup took longer than {self._config.setup_timeout:g} seconds"
            worker.kill()
        if await worker.ready is not None:
            self._on_ready()
            return
        self._fail(worker.setup)

    def _fail(self, setup: Setup) -> None:
        self._failure = setup
        _log.error("setup failed: %s", setup.reason)
        self._on_failed()

    def _on_described(self, future: Any) -> None:
        if future.cancelled() or self.signatures:
            return
        self.signatures = {mode: Signature.from_json(data) for mode, data in future.result().items()}

    async def _reap(self) -> None:
        """As PID 1 of a container we are the parent of every process that has lost its own."""
        while True:
            await asyncio.sleep(_REAP_SECONDS)
            reap_adopted({worker.pid for worker in self._workers})


def _told_end(status: int, has_failed: bool) -> None:
    if not has_failed:
        _log.warning("a worker ended with status %s; it is replaced", status)
