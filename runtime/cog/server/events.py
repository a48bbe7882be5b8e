"""What has happened in a prediction, numbered, for those who watch and for those who come late."""

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Any, Callable, Deque, Dict, List, Optional, Set

from .errors import Refused
from .json import encoded
from .prediction import Prediction

_NAMES = {"logs": "log"}
_LONGEST_BACKLOG = 1 << 14
_MOST_READERS = 64


@dataclass(frozen=True)
class Event:
    """`number` counts from 1 in each prediction; `data` is JSON."""

    number: int
    name: str
    data: bytes


class Reader:
    """One who watches. `skipped` counts the events that it will never see; with any, it sees no more of them."""

    def __init__(self, backlog: List[Event], skipped: int, is_last: bool) -> None:
        self.skipped = skipped
        self._backlog = [] if skipped else backlog
        self._is_last = is_last
        self._news: Optional[asyncio.Future[None]] = None

    def take(self, event: Event) -> None:
        self._is_last = event.name == "completed"
        if self.skipped or len(self._backlog) >= _LONGEST_BACKLOG:
            self.skipped += len(self._backlog) + 1
            self._backlog = []
        else:
            self._backlog.append(event)
        self.wake()

    def wake(self) -> None:
        """Ends the waiting of `batch`."""
        if self._news is not None and not self._news.done():
            self._news.set_result(None)

    @property
    def is_done(self) -> bool:
        """Nothing more will come."""
        return bool(self.skipped) or (self._is_last and not self._backlog)

    async def batch(self, limit: float) -> List[Event]:
        """The events that have come since the last call; none when `limit` seconds pass without any."""
        if not self._backlog and not self.is_done:
            # Not by `wait_for`: until Python 3.11 its task would see the first event two turns of the loop later.
            loop = asyncio.get_running_loop()
            self._news = loop.create_future()
            timer = loop.call_later(limit, self.wake)
            try:
                await self._news
            finally:
                timer.cancel()
        taken, self._backlog = self._backlog, []
        return taken


class EventLog:
    """The newest events of one prediction, as many as `capacity`, and its readers.

    `on_abandoned` is called when the last reader hangs up before the end.
    """

    def __init__(self, capacity: int) -> None:
        self.on_abandoned: Callable[[], None] = _nothing
        self._ring: Deque[Event] = deque(maxlen=capacity)
        self._count = 0
        self._ended = False
        self._readers: Set[Reader] = set()

    @property
    def size(self) -> int:
        """In bytes, of what is kept beside the answer, which is what the last event holds."""
        return sum([len(event.data) for event in self._ring if event.name != "completed"])

    def has_ended_by(self, number: Optional[int]) -> bool:
        """True when nothing will ever follow the event of this number."""
        return self._ended and number is not None and number >= self._count

    def add(self, name: str, data: bytes) -> None:
        self._count += 1
        self._ended = name == "completed"
        event = Event(self._count, name, data)
        self._ring.append(event)
        for reader in self._readers:
            reader.take(event)

    def attach(self, after: Optional[int]) -> Reader:
        """A reader of what follows the event number `after`, None for all there is. Raises Refused."""
        if len(self._readers) >= _MOST_READERS:
            raise Refused(429, f"{_MOST_READERS} clients watch this prediction already")
        first = self._ring[0].number if self._ring else self._count + 1
        wanted = first if after is None and self._ring.maxlen == 0 else (after or 0) + 1
        reader = Reader([each for each in self._ring if each.number >= wanted], max(0, first - wanted), self._ended)
        self._readers.add(reader)
        return reader

    def detach(self, reader: Reader) -> None:
        self._readers.discard(reader)

    def leave(self, reader: Reader) -> None:
        """As `detach`, by one who has not seen the end."""
        self.detach(reader)
        if not self._readers and not self._ended:
            self.on_abandoned()


def _nothing() -> None:
    """Nobody minds when all readers leave."""


def record(prediction: Prediction, log: EventLog) -> None:
    """Writes the life of a prediction into a log."""

    def hear(name: str, news: Dict[str, Any]) -> None:
        log.add(_NAMES.get(name, name), b"".join(prediction.answer()) if name == "completed" else encoded(news))

    prediction.listen(hear)
