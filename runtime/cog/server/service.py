"""Accepting, finding and cancelling predictions, whatever door they come through."""

import asyncio
import functools
import os
from typing import Dict, List, Optional, Set
from urllib.parse import quote

from starlette.types import Scope

from .client import LazyClient
from .config import Config
from .errors import Refused
from .events import EventLog, record
from .fetch import Fetcher
from .fleet import Fleet
from .headers import headers
from .history import History, Known
from .inputs import InputFiles
from .interface import Interface
from .prediction import Prediction
from .prometheus import Counts
from .queue import Queue
from .request import Body, InvalidRequest, PredictionRequest
from .runner import Run
from .scratch import Scratch
from .tracing import Trace, Traces
from .uploads import Target
from .webhooks import WebhookSender

_TRACE = {b"traceparent": "traceparent", b"tracestate": "tracestate"}
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
_LETTERS = bytes(b"abcdefghijklmnopqrstuvwxyz234567"[number % 32] for number in range(256))


class Service:
    """The predictions of a server."""

    def __init__(self, config: Config, fleet: Fleet, client: LazyClient, scratch: Scratch, traces: Traces) -> None:
        self._config = config
        self._fleet = fleet
        self._client = client
        self._scratch = scratch
        self._traces = traces
        self._fetcher = Fetcher(client, config.max_download_bytes, config.download_timeout)
        self.queue = Queue(fleet, config.queue_length, config.queue_patience)
        self.counts = Counts()
        self._history = History(config.history_seconds)
        self._runs: Dict[str, Run] = {}
        self.senders: Set[asyncio.Task[None]] = set()
        self._interface: Optional[Interface] = None
        # Of all that nobody can watch: nothing is ever written into it.
        self._silence = EventLog(0)

    def known(self, prediction_id: str) -> Optional[Known]:
        """One that runs, or has ended not long ago."""
        run = self._runs.get(prediction_id)
        if run is None:
            return self._history.find(prediction_id)
        return Known(run.prediction.answer(), run.events, "running")

    def new_files(self) -> InputFiles:
        """For a request that may become a prediction; who gives it up has to remove them."""
        return InputFiles(self._fetcher, self._scratch)

    def parse(self, body: Body, prediction_id: Optional[str], files: InputFiles) -> PredictionRequest:
        """`prediction_id` is the one of the address. Raises InvalidRequest, and Refused before setup."""
        request = self.interface().parser.parse(body, files.attached)
        if prediction_id is not None and request.id not in (None, prediction_id):
            fault = {"loc": ["body", "id"], "msg": "the id is not the one of the address", "type": "value_error"}
            raise InvalidRequest([fault])
        return request

    def interface(self) -> Interface:
        """Raises Refused before setup. A model that was loaded again may have another one."""
        signature = self._fleet.signatures.get(self._config.mode)
        if signature is None:
            raise self._fleet.refusal()
        if self._interface is None or self._interface.signature is not signature:
            self._interface = Interface.of(signature)
        return self._interface

    def submit(
        self, request: PredictionRequest, prediction_id: Optional[str], headers: Dict[str, str], files: InputFiles
    ) -> Run:
        """A prediction with its place in the queue, which removes its files, for the caller to begin. Raises Refused.

        `headers` are the trace headers of the request.
        """
        interface = self.interface()
        name = prediction_id or request.id or _new_id()
        if name in self._runs:
            raise Refused(409, f"Already running a prediction with the id {name!r}")
        turn = self.queue.enter()
        streams = interface.signature.output.kind == "iterator"
        prediction = Prediction(name, request, interface.shown(request.input), streams)
        trace = self._traces.begin(name, headers)
        run = Run(
            prediction=prediction,
            interface=interface,
            queue=self.queue,
            turn=turn,
            events=EventLog(self._config.stream_capacity) if interface.signature.streaming else self._silence,
            files=files,
            target=functools.partial(self._target, request, name, trace.headers),
            on_end=self._keep,
            time_limit=self._config.predict_timeout,
            trace=trace,
        )
        self._runs[name] = run
        self._attach_webhook(prediction, trace)
        if interface.signature.streaming:
            record(prediction, run.events)
        return run

    def _keep(self, run: Run) -> None:
        """What has ended: no longer among those that run, but counted and remembered."""
        del self._runs[run.prediction.id]
        self.counts.add(run.prediction)
        self._history.keep(run.prediction, run.events)

    def _target(self, request: PredictionRequest, name: str, trace: Dict[str, str]) -> Target:
        return Target(
            self._client,
            request.output_file_prefix,
            self._config.upload_url,
            {"X-Prediction-ID": _in_header(name), **trace},
        )

    def _attach_webhook(self, prediction: Prediction, trace: Trace) -> None:
        if prediction.request.webhook is None:
            return
        config = self._config
        token = config.webhook_token
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        sender = WebhookSender(prediction, self._client, config.webhook_interval, headers, config.webhook_key, trace)
        prediction.listen(sender.hear)
        task = asyncio.get_running_loop().create_task(sender.run(), name=prediction.id)
        self.senders.add(task)
        task.add_done_callback(self.senders.discard)

    def cancel(self, prediction_id: str) -> bool:
        """False when no such prediction is running."""
        run = self._runs.get(prediction_id)
        if run is not None:
            run.cancel()
        return run is not None

    def cancel_all(self) -> None:
        for run in list(self._runs.values()):
            run.cancel()

    @property
    def number_running(self) -> int:
        """Of predictions that hold a slot."""
        return len(self._runs) - len(self.queue)

    def ends(self) -> List["asyncio.Future[None]"]:
        """Of all that runs."""
        return [run.prediction.done for run in self._runs.values()]


def _new_id() -> str:
    """26 characters, as the documents recommend."""
    return os.urandom(26).translate(_LETTERS).decode("ascii")


def trace_headers(scope: Scope) -> Dict[str, str]:
    """Those of the request that go along on every call made for it."""
    given = headers(scope)
    # Others are none of the standard, and no header of a request that the server makes.
    return {name: given[key].decode() for key, name in _TRACE.items() if key in given and given[key].isascii()}


def _in_header(text: str) -> str:
    """Percent-encoded where a header cannot hold it."""
    return quote(text, safe=_PRINTABLE)
