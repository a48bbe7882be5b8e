"""What has become of predictions: the newest answers, kept for a while."""

import time
from collections import OrderedDict
from typing import NamedTuple, Optional

from .events import EventLog
from .json import Parts
from .prediction import Prediction

_MOST = 1000
_MOST_BYTES = 64 << 20


class Known(NamedTuple):
    """A prediction as it can be read: `answer` is its state as JSON, in parts.

    `phase` is `running`, `finished`, or `refused` for one that has never had a slot: whoever asks for that again
    has the right to another try.
    """

    answer: Parts
    events: EventLog
    phase: str


class _Kept(NamedTuple):
    """`size` is in bytes, `until` a time of the monotonic clock."""

    known: Known
    size: int
    until: float


class History:
    """Keeps finished predictions for `seconds`, fewer when they are many or large; 0 keeps none."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._bytes = 0

    def find(self, prediction_id: str) -> Optional[Known]:
        self._expire()
        kept = self._kept.get(prediction_id)
        return None if kept is None else kept.known

    def keep(self, prediction: Prediction, events: EventLog) -> None:
        """The newest prediction of an id takes the place of an older one."""
        if not self._seconds:
            return
        self.forget(prediction.id)
        known = Known(prediction.answer(), events, "finished" if prediction.refusal is None else "refused")
        size = sum(map(len, known.answer)) + events.size
        if size <= _MOST_BYTES:
            self._kept[prediction.id] = _Kept(known, size, time.monotonic() + self._seconds)
            self._bytes += size
        self._expire()

    def forget(self, prediction_id: str) -> None:
        kept = self._kept.pop(prediction_id, None)
        if kept is not None:
            self._bytes -= kept.size

    def _expire(self) -> None:
        present = time.monotonic()
        while self._kept:
            oldest = next(iter(self._kept.values()))
            if len(self._kept) <= _MOST and self._bytes <= _MOST_BYTES and oldest.until >= present:
                break
            self._kept.popitem(last=False)
            self._bytes -= oldest.size
