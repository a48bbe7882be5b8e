"""What has become of predictions: the newest answers, kept for a while."""

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Optional, Tuple

from .events import EventLog
from .prediction import Prediction

_MOST = 1000
_MOST_BYTES = 64 << 20


@dataclass(frozen=True)
class Known:
    """A prediction as it can be read: `answer` is its state as JSON.

    `phase` is `running`, `finished`, or `refused` for one that has never had a slot: whoever asks for that again
    has the right to another try.
    """

    answer: bytes
    events: EventLog
    phase: str

    @property
    def size(self) -> int:
        return len(self.answer) + self.events.size


class History:
    """Keeps finished predictions for `seconds`, fewer when they are many or large; 0 keeps none."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._kept: OrderedDict[str, Tuple[float, Known]] = OrderedDict()
        self._bytes = 0

    def find(self, prediction_id: str) -> Optional[Known]:
        self._expire()
        return self._kept[prediction_id][1] if prediction_id in self._kept else None

    def keep(self, prediction: Prediction, events: EventLog) -> None:
        """The newest prediction of an id takes the place of an older one."""
        if not self._seconds:
            return
        self.forget(prediction.id)
        known = Known(prediction.answer(), events, "finished" if prediction.refusal is None else "refused")
        if known.size <= _MOST_BYTES:
            self._kept[prediction.id] = (time.monotonic() + self._seconds, known)
            self._bytes += known.size
        self._expire()

    def forget(self, prediction_id: str) -> None:
        if prediction_id in self._kept:
            self._bytes -= self._kept.pop(prediction_id)[1].size

    def _expire(self) -> None:
        while self._kept and self._is_excess(next(iter(self._kept.values()))[0]):
            self.forget(next(iter(self._kept)))

    def _is_excess(self, until: float) -> bool:
        """Of the oldest, which is kept until this time of the monotonic clock."""
        return len(self._kept) > _MOST or self._bytes > _MOST_BYTES or until < time.monotonic()
