"""The prediction that is running in the current context, as model code sees it."""

from contextvars import ContextVar
from typing import Any, Dict, Mapping, Optional

from .binding import Binding
from .metrics import Metrics, Report, unheard


class Scope:
    """What belongs to one prediction: its id, the request's `context`, and its metrics."""

    def __init__(
        self,
        prediction_id: Optional[str] = None,
        context: Optional[Mapping[str, str]] = None,
        report: Report = unheard,
    ) -> None:
        self.id = prediction_id
        self.context: Dict[str, str] = dict(context or {})
        self.metrics = Metrics(report)

    def record_metric(self, name: str, value: Any, mode: str = "replace") -> None:
        """Adds a metric to the answer. `mode` is `replace`, `incr` or `append`; a dotted name nests.

        Raises ValueError for a bad or reserved name or mode, TypeError for a bad value or a change of type.
        """
        self.metrics.record(name, value, mode)


_CURRENT: ContextVar[Optional[Scope]] = ContextVar("cog_scope", default=None)


def current_scope() -> Scope:
    """The scope of the running prediction; outside of one, a scope that nobody listens to."""
    return _CURRENT.get() or Scope()


def emit_metric(name: str, value: Any) -> None:
    """The older spelling of `current_scope().record_metric(name, value)`."""
    current_scope().record_metric(name, value)


def entered(scope: Scope) -> Binding[Optional[Scope]]:
    """Makes `scope` the current one of this context; the worker's side of `current_scope`."""
    return Binding(_CURRENT, scope)
