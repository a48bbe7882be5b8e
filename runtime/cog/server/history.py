"""What has become of predictions: the newest answers, kept for a while."""

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Optional

from .events import EventLog
from .prediction import Prediction

_MOST = 1000
_MOST_BYTES = 64 << 20


@dataclass(frozen=True)
class Finished:
    """`answer` is the final state as JSON, `until` a time of the monotonic clock.

    `was_refused` when it has never had a slot: whoever asks again has the right to another try.
    """

    answer: bytes
    events: EventLog
    until: float
    was_refused: bool

    @property
    def size(self) -> int:
        return len(self.answer) + self.events.size


class History:
    """Keeps finished predictions for `seconds`, fewer when they are many or large; 0 keeps none."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._kept: "OrderedDict[str, Finished]" = OrderedDict()
        self._bytes = 0

    def find(self, prediction_id: str) -> Optional[Finished]:
        self._expire()
        return self._kept.get(prediction_id)

    def keep(self, prediction: Prediction, events: EventLog) -> None:
        """The newest prediction of an id takes the place of an older one."""
        if not self._seconds:
            return
        self.forget(prediction.id)
        until = time.monotonic() + self._seconds
        entry = Finished(prediction.answer(), events, until, prediction.refusal is not None)
        if entry.size <= _MOST_BYTES:
            self._kept[prediction.id] = entry
            self._bytes += entry.size
        self._expire()

    def forget(self, prediction_id: str) -> None:
        entry = self._kept.pop(prediction_id, None)
        self._bytes -= entry.size if entry else 0

    def _expire(self) -> None:
        while self._kept and self._is_excess(next(iter(self._kept.values()))):
            self.forget(next(iter(self._kept)))

    def _is_excess(self, oldest: Finished) -> bool:
        return len(self._kept) > _MOST or self._bytes > _MOST_BYTES or oldest.until < time.monotonic()
