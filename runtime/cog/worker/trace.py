"""One OpenTelemetry span for each prediction, for models that use OpenTelemetry.

Only its API is used, and only when the model or its environment has imported it: where spans go is theirs
to set up. The span continues the trace of the request.
"""

import contextlib
import importlib
import sys
from typing import Any, ContextManager, Dict

_NO_SPAN = contextlib.nullcontext()


def prediction_span(prediction_id: str, headers: Dict[str, str]) -> ContextManager[Any]:
    """`headers` are the trace headers of the request. An exception inside marks the span as failed."""
    api: Any = sys.modules.get("opentelemetry.trace")
    if api is None:
        return _NO_SPAN
    propagate: Any = importlib.import_module("opentelemetry.propagate")
    span: ContextManager[Any] = api.get_tracer("cog").start_as_current_span(
        "cog.predict", context=propagate.extract(headers), attributes={"cog.prediction_id": prediction_id}
    )
    return span
