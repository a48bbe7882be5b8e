"""`GET /metrics`: what the server counts, in the text format of Prometheus."""

import sys
from bisect import bisect_left
from typing import Any, Dict, Iterator, List, Tuple

from .._version import __version__
from .fleet import Fleet
from .prediction import TERMINAL, Prediction

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BOUNDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800)

Sample = Tuple[str, Any]


class Counts:
    """What only grows: ends, refusals by HTTP status, and seconds of running."""

    def __init__(self) -> None:
        self.ended = dict.fromkeys(TERMINAL, 0)
        self.refused: Dict[int, int] = {}
        self.seconds = 0.0
        self.by_bound: List[int] = [0] * (len(_BOUNDS) + 1)

    def add(self, prediction: Prediction) -> None:
        """A prediction that has ended."""
        self.ended[prediction.status] += 1
        seconds = prediction.metrics.get("predict_time")
        if seconds is not None:
            self.seconds += seconds
            self.by_bound[bisect_left(_BOUNDS, seconds)] += 1

    def refuse(self, status: int) -> None:
        self.refused[status] = self.refused.get(status, 0) + 1


def exposition(counts: Counts, fleet: Fleet, running: int, waiting: int) -> str:
    """`running` and `waiting` are numbers of predictions."""
    version = f'{{version="{__version__}",python="{sys.version.split()[0]}"}}'
    families = (
        _family("cog_info", "gauge", "The runtime and its Python.", [(version, 1)]),
        _family(
            "cog_ready", "gauge", "1 when predictions are accepted.", [("", int(fleet.ready and not fleet.failed))]
        ),
        _family("cog_slots", "gauge", "Predictions that can run at a time.", [("", fleet.slots)]),
        _family("cog_predictions_running", "gauge", "Predictions that hold a slot.", [("", running)]),
        _family("cog_predictions_waiting", "gauge", "Predictions that wait for a slot.", [("", waiting)]),
        _family("cog_workers_lost_total", "counter", "Workers that ended by themselves.", [("", fleet.lost)]),
        _family("cog_predictions_total", "counter", "Predictions that have ended.", _labelled("status", counts.ended)),
        _family(
            "cog_requests_refused_total",
            "counter",
            "Requests that made no prediction.",
            _labelled("code", counts.refused),
        ),
        _family("cog_prediction_seconds", "histogram", "Time in the model.", _histogram(counts)),
    )
    return "".join(line for family in families for line in family)


def _family(name: str, kind: str, text: str, samples: List[Sample]) -> Iterator[str]:
    yield f"# HELP {name} {text}\n# TYPE {name} {kind}\n"
    yield from (f"{name}{suffix} {value}\n" for suffix, value in samples)


def _labelled(label: str, values: Dict[Any, int]) -> List[Sample]:
    return [(f'{{{label}="{key}"}}', value) for key, value in sorted(values.items())]


def _histogram(counts: Counts) -> List[Sample]:
    total, samples = 0, []
    for bound, number in zip([*_BOUNDS, "+Inf"], counts.by_bound):
        total += number
        samples.append((f'_bucket{{le="{bound}"}}', total))
    return [*samples, ("_sum", counts.seconds), ("_count", total)]
