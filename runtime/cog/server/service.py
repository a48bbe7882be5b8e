"""Accepting, finding and cancelling predictions, whatever door they come through."""

import asyncio
import base64
import uuid
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Set

from ..signature import Signature
from ..types.secret import MASK
from .client import LazyClient
from .config import Config
from .downloads import InputFiles
from .errors import Refused
from .fleet import Fleet
from .outputs import OutputCheck
from .prediction import Prediction
from .request import InvalidRequest, PredictionRequest, RequestParser
from .runner import Run
from .uploads import Target
from .webhooks import WebhookSender

_TRACE = ("traceparent", "tracestate")


@dataclass(frozen=True)
class Interface:
    """What is made once of the signature that is served. `secrets` are the names of secret inputs."""

    signature: Signature
    parser: RequestParser
    check: OutputCheck
    secrets: List[str]

    @classmethod
    def of(cls, signature: Signature) -> "Interface":
        secrets = [each.name for each in signature.parameters if each.type.kind == "secret"]
        return cls(signature, RequestParser(signature), OutputCheck(signature), secrets)

    def shown(self, inputs: Dict[str, Any]) -> Dict[str, Any]:
        """The inputs as answers echo them."""
        if not self.secrets:
            return inputs
        return {**inputs, **{name: MASK for name in self.secrets if inputs.get(name)}}


class Service:
    """The predictions of a server."""

    def __init__(self, config: Config, fleet: Fleet, client: LazyClient) -> None:
        self._config = config
        self._fleet = fleet
        self._client = client
        self._runs: Dict[str, Run] = {}
        self._senders: Set[asyncio.Task[None]] = set()
        self._interface: Optional[Interface] = None
        self._hurry = asyncio.Event()

    def running(self, prediction_id: str) -> Optional[Prediction]:
        run = self._runs.get(prediction_id)
        return None if run is None else run.prediction

    def parse(self, body: bytes, prediction_id: Optional[str]) -> PredictionRequest:
        """`prediction_id` is the one of the address. Raises InvalidRequest, and Refused before setup."""
        request = self._served().parser.parse(body)
        if prediction_id is not None and request.id not in (None, prediction_id):
            fault = {"loc": ["body", "id"], "msg": "the id is not the one of the address", "type": "value_error"}
            raise InvalidRequest([fault])
        return request

    def _served(self) -> Interface:
        if self._interface is None:
            signature = self._fleet.signatures.get(self._config.mode)
            if signature is None:
                raise Refused(503, "Setup has not finished yet, try again later")
            self._interface = Interface.of(signature)
        return self._interface

    def submit(self, request: PredictionRequest, prediction_id: Optional[str], trace: Dict[str, str]) -> Prediction:
        """Starts a prediction. `trace` are the request's trace headers. Raises Refused."""
        interface = self._served()
        name = prediction_id or request.id or _new_id()
        if name in self._runs:
            raise Refused(409, f"Already running a prediction with the id {name!r}")
        worker = self._fleet.reserve()
        streams = interface.signature.output.kind == "iterator"
        prediction = Prediction(name, request, interface.shown(request.input), streams)
        run = Run(
            prediction=prediction,
            signature=interface.signature,
            check=interface.check,
            worker=worker,
            files=InputFiles(self._client),
            target=self._target(request, name, trace),
            on_end=self._forget,
        )
        self._runs[name] = run
        self._attach_webhook(prediction, trace)
        run.start()
        return prediction

    def _forget(self, prediction: Prediction) -> None:
        del self._runs[prediction.id]

    def _target(self, request: PredictionRequest, name: str, trace: Dict[str, str]) -> Target:
        return Target(
            self._client, request.output_file_prefix, self._config.upload_url, {"X-Prediction-ID": name, **trace}
        )

    def _attach_webhook(self, prediction: Prediction, trace: Dict[str, str]) -> None:
        if prediction.request.webhook is None:
            return
        token = self._config.webhook_token
        headers = {**trace, **({"Authorization": f"Bearer {token}"} if token else {})}
        sender = WebhookSender(prediction, self._client, self._config.webhook_interval, headers)
        prediction.listen(sender.hear)
        task = asyncio.get_running_loop().create_task(sender.run())
        self._senders.add(task)
        task.add_done_callback(self._senders.discard)

    def cancel(self, prediction_id: str) -> bool:
        """False when no such prediction is running."""
        run = self._runs.get(prediction_id)
        if run is not None:
            run.cancel()
        return run is not None

    async def drain(self) -> None:
        """Lets what runs end and its webhooks leave; cancels what takes longer than the grace time."""
        await self._settle([run.prediction.done for run in self._runs.values()], self._config.shutdown_grace)
        for run in list(self._runs.values()):
            run.cancel()
        await self._settle([run.prediction.done for run in self._runs.values()], self._config.cancel_grace)
        await self._settle(list(self._senders), self._config.shutdown_grace)

    def hurry(self) -> None:
        """Ends the waiting of `drain`."""
        self._hurry.set()

    async def _settle(self, pending: List[Any], limit: float) -> None:
        if not pending:
            return
        hurry = asyncio.ensure_future(self._hurry.wait())
        ended: asyncio.Future[Any] = asyncio.gather(*pending)
        await asyncio.wait({ended, hurry}, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
        hurry.cancel()


def _new_id() -> str:
    """26 characters, as the documents recommend."""
    return base64.b32encode(uuid.uuid4().bytes).decode("ascii").lower().rstrip("=")


def trace_headers(headers: Any) -> Dict[str, str]:
    """Those of the request that go along on every call made for it."""
    return {name: headers[name] for name in _TRACE if name in headers}
