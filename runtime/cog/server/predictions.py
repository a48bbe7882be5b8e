"""The endpoints of predictions, or of trainings: created, watched, read and cancelled."""

import asyncio
from typing import Callable, List, Optional, TypeVar, Union

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .answers import EncodedAnswer, json_answer
from .body import prediction_body
from .config import Config
from .errors import Refused
from .hang_up import HangUps
from .history import Known
from .inputs import InputFiles
from .preference import last_event_id, wants_async, wants_events
from .request import Body, InvalidRequest, read_json
from .runner import Run
from .service import Service, trace_headers
from .sse import EventStream

PLURAL = {"predict": "predictions", "train": "trainings"}

Answer = Union[Response, EncodedAnswer, EventStream]
Name = TypeVar("Name", str, Optional[str])
Decided = TypeVar("Decided")


class Predictions:
    """Only those of the mode that is served: the other one's work cannot be done by these workers."""

    def __init__(self, config: Config, service: Service) -> None:
        self._config = config
        self._service = service
        self._hang_ups = HangUps()
        self.path = f"/{PLURAL[config.mode]}"

    def routes(self) -> List[Route]:
        path = self.path
        return [
            Route(path, self.create, methods=["POST"]),
            Route(path + "/{prediction_id}", self.one, methods=["PUT", "GET"]),
            Route(path + "/{prediction_id}/cancel", self.cancel, methods=["POST"]),
        ]

    async def create(self, request: Request) -> Answer:
        watching = self._watching(request)
        run = await self._received(request, None, self._submitted)
        return await self._answer(request, run, watching)

    async def one(self, request: Request) -> Answer:
        name = request.path_params["prediction_id"]
        return await (self._put(request, name) if request.method == "PUT" else self._get(request, name))

    async def _put(self, request: Request, name: str) -> Answer:
        watching = self._watching(request)
        run = await self._received(request, name, self._put_once)
        if isinstance(run, Run):
            return await self._answer(request, run, watching)
        return self._shown(request, run, 202 if run.phase == "running" else 200, watching)

    def _put_once(self, request: Request, body: Body, name: str, files: InputFiles) -> Union[Run, Known]:
        known = self._service.known(name)
        if known is None or known.phase == "refused":
            return self._submitted(request, body, name, files)
        _check_id(body, name)
        files.remove()
        return known

    async def _get(self, request: Request, name: str) -> Answer:
        known = self._service.known(name)
        if known is None:
            raise Refused(404, "No such prediction runs, or has ended in the last minutes")
        return self._shown(request, known, 200, self._watching(request))

    async def cancel(self, request: Request) -> Response:
        found = self._service.cancel(request.path_params["prediction_id"])
        return json_answer({}, 200 if found else 404)

    def _watching(self, request: Request) -> bool:
        streams = self._service.interface().signature.streaming and self._config.mode == "predict"
        return wants_events(request, streams)

    async def _received(
        self, request: Request, name: Name, decide: Callable[[Request, Body, Name, InputFiles], Decided]
    ) -> Decided:
        """What comes of the body. Its files are those of the prediction from then on, which removes them."""
        files = self._service.new_files()
        try:
            body = await prediction_body(request, self._config.max_body_bytes, self._service.interface(), files)
            return decide(request, body, name, files)
        except BaseException:
            files.remove()
            raise

    def _submitted(self, request: Request, body: Body, name: Optional[str], files: InputFiles) -> Run:
        checked = self._service.parse(body, name, files)
        return self._service.submit(checked, name, trace_headers(request.scope), files)

    def _shown(self, request: Request, known: Known, status: int, watching: bool) -> Answer:
        if not watching:
            return EncodedAnswer(known.answer, status)
        after = last_event_id(request)
        if known.events.has_ended_by(after):
            # Tells a browser's EventSource not to come again.
            return Response(status_code=204)
        return EventStream(known.events, after, self._config.stream_keepalive)

    async def _answer(self, request: Request, run: Run, watching: bool) -> Answer:
        if watching or wants_async(request):
            return await self._begun(request, run, watching)
        watch = self._hang_ups.watch(request.receive, run.cancel)
        try:
            await run.live()
        finally:
            self._hang_ups.end(watch)
        if run.prediction.refusal is not None:
            raise run.prediction.refusal
        return EncodedAnswer(run.prediction.answer())

    async def _begun(self, request: Request, run: Run, watching: bool) -> Answer:
        """An answer that does not wait for the end."""
        run.start()
        if watching:
            return self._watched(request, run)
        # One turn of the loop, so that a prediction without downloads is seen as taken by the worker.
        await asyncio.sleep(0)
        return EncodedAnswer(run.prediction.answer(), 202)

    def _watched(self, request: Request, run: Run) -> EventStream:
        if not wants_async(request):
            run.events.on_abandoned = run.cancel
        return EventStream(run.events, None, self._config.stream_keepalive)


def _check_id(body: Body, name: str) -> None:
    """Of a repeated PUT only the id is looked at: it asks for what is known, not for something new."""
    data = read_json(body)
    if isinstance(data, dict) and data.get("id") not in (None, name):
        fault = {"loc": ["body", "id"], "msg": "the id is not the one of the address", "type": "value_error"}
        raise InvalidRequest([fault])
