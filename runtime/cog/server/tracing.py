"""OpenTelemetry spans of predictions, when an exporter is asked for and its packages are the server's."""

import contextlib
import importlib
import logging
import os
from typing import Any, Dict, Iterator, Sequence, Tuple

from .prediction import Prediction

_log = logging.getLogger("cog.tracing")

_EXPORTERS = "opentelemetry_traces_exporter"

Headers = Dict[str, str]


class Trace:
    """Where a prediction stands in the trace of its request; without spans, the request's headers go on as they are.

    `headers` are for all that is done on its behalf, `step_headers` for what is done in the present step.
    """

    def __init__(self, headers: Headers) -> None:
        self.headers = self.step_headers = headers

    def step(self, name: str) -> None:
        """Ends the step before, and begins one."""

    def end(self, prediction: Prediction) -> None:
        """With its status."""

    @contextlib.contextmanager
    def call(self, name: str, event: str) -> Iterator[Headers]:
        """Around a request to another server: its trace headers."""
        yield self.headers


class Traces:
    """Makes the `Trace` of each prediction; `close` sends what is left."""

    def begin(self, prediction_id: str, headers: Headers) -> Trace:
        return Trace(headers)

    def close(self) -> None:
        """Nothing is left."""


class _SpanTrace(Trace):
    def __init__(self, tracer: Any, prediction_id: str, headers: Headers) -> None:
        self._api: Any = importlib.import_module("opentelemetry.trace")
        self._tracer = tracer
        about = {"cog.prediction_id": prediction_id}
        kind = self._api.SpanKind.SERVER
        self._root = tracer.start_span("cog.prediction", context=_extracted(headers), kind=kind, attributes=about)
        super().__init__(self._headers_of(self._root))
        self._step = self._child("cog.queue")

    def _headers_of(self, span: Any) -> Headers:
        headers: Headers = {}
        importlib.import_module("opentelemetry.propagate").inject(headers, self._api.set_span_in_context(span))
        return headers

    def _child(self, name: str, **more: Any) -> Any:
        return self._tracer.start_span(name, context=self._api.set_span_in_context(self._root), **more)

    def step(self, name: str) -> None:
        self._step.end()
        self._step = self._child(name)
        self.step_headers = self._headers_of(self._step)

    def end(self, prediction: Prediction) -> None:
        self._root.set_attribute("cog.status", prediction.status)
        if prediction.status == "failed":
            self._root.set_status(self._api.Status(self._api.StatusCode.ERROR, prediction.error))
        self._step.end()
        self._root.end()

    @contextlib.contextmanager
    def call(self, name: str, event: str) -> Iterator[Headers]:
        span = self._child(name, kind=self._api.SpanKind.CLIENT, attributes={"cog.event": event})
        with self._api.use_span(span, end_on_exit=True):
            yield self._headers_of(span)


class _SpanTraces(Traces):
    def __init__(self, provider: Any) -> None:
        self._provider = provider
        self._tracer = provider.get_tracer("cog.server")

    def begin(self, prediction_id: str, headers: Headers) -> Trace:
        return _SpanTrace(self._tracer, prediction_id, headers)

    def close(self) -> None:
        self._provider.shutdown()


def _extracted(headers: Headers) -> Any:
    return importlib.import_module("opentelemetry.propagate").extract(headers)


def traces(exporters: Sequence[str]) -> Traces:
    """By the names of OpenTelemetry's exporters. Where one cannot be had, the log tells it, and the server goes on."""
    if not exporters:
        return Traces()
    try:
        return _SpanTraces(_provider(exporters))
    except (ImportError, LookupError) as error:
        _log.warning("no spans are made, although an exporter is asked for: %s", error)
        return Traces()


def _provider(exporters: Sequence[str]) -> Any:
    sdk: Any = importlib.import_module("opentelemetry.sdk.trace")
    export: Any = importlib.import_module("opentelemetry.sdk.trace.export")
    provider = sdk.TracerProvider()
    for name in exporters:
        provider.add_span_processor(export.BatchSpanProcessor(_exporter(name)))
    return provider


def _exporter(name: str) -> Any:
    """`otlp` is the name in OpenTelemetry's variables; its packages have one for each protocol."""
    names = _otlp() if name == "otlp" else (name,)
    points: Any = importlib.import_module("importlib.metadata").entry_points()
    # Until Python 3.9 they are a mapping by group.
    group = points.select(group=_EXPORTERS) if hasattr(points, "select") else points.get(_EXPORTERS, ())
    known = {point.name: point for point in group}
    found = next((known[each] for each in names if each in known), None)
    if found is None:
        raise LookupError(f"the server's packages have no exporter {' or '.join(map(repr, names))}")
    return found.load()()


def _otlp() -> Tuple[str, ...]:
    protocols = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
    chosen = next((os.environ[name] for name in protocols if os.environ.get(name)), "")
    if chosen:
        return ("otlp_proto_grpc",) if chosen == "grpc" else ("otlp_proto_http",)
    return ("otlp_proto_http", "otlp_proto_grpc")
