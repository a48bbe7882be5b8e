"""Who waits for a free slot: first come, first served, in bounded number and for a bounded time."""

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Deque

from .errors import Refused
from .fleet import Fleet
from .worker import Worker

if TYPE_CHECKING:
    # Not subscriptable on Python 3.8.
    Turn = asyncio.Future[Worker]


class Queue:
    """At most `length` wait, each for at most `patience` seconds. With a length of 0 nobody waits."""

    def __init__(self, fleet: Fleet, length: int, patience: float) -> None:
        self._fleet = fleet
        self._length = length
        self._patience = patience
        self._waiting: Deque[Turn] = deque()

    def __len__(self) -> int:
        return sum(not turn.done() for turn in self._waiting)

    def enter(self) -> "Turn":
        """Resolves to a worker with a slot for the caller, who gives it to `leave`. Raises Refused.

        Resolves with Refused when the time is over; whoever does not want it any more cancels it.
        """
        loop = asyncio.get_running_loop()
        turn: Turn = loop.create_future()
        if not self._length or not self._fleet.ready or not self._fleet.busy:
            turn.set_result(self._fleet.reserve())
            return turn
        if len(self) >= self._length:
            raise Refused(409, f"Already running a prediction: all slots are taken, and {self._length} wait for one")
        self._waiting.append(turn)
        timer = loop.call_later(self._patience, self._lose_patience, turn)
        turn.add_done_callback(lambda _: timer.cancel())
        return turn

    def _lose_patience(self, turn: "Turn") -> None:
        if not turn.done():
            turn.set_exception(Refused(409, f"No slot became free within {self._patience:g} seconds"))

    def leave(self, turn: "Turn") -> None:
        """Gives the slot back, if there is one, to the next who waits."""
        turn.cancel()
        if not turn.cancelled() and turn.exception() is None:
            turn.result().reserved -= 1
        self.advance()

    def advance(self) -> None:
        """To be called when slots may have become free."""
        while self._waiting and (self._waiting[0].done() or not self._fleet.busy):
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(self._fleet.reserve())
