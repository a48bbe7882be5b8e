"""How long the steps of a build take, for clients that do not say it."""

from collections.abc import Callable
from dataclasses import replace

from ..backends.buildkit import Event
from ..backends.clients import Reader


def timed(read: Reader, now: Callable[[], float]) -> Reader:
    """A reader of progress lines whose `done` events have their seconds; `now` is in seconds."""
    starts: dict[int, float] = {}

    def reading(line: str) -> Event | None:
        event = read(line)
        if event is not None and event.kind == "started":
            starts[event.vertex] = now()
        if event is not None and event.kind == "done" and not event.text:
            return replace(event, text=f"{now() - starts.get(event.vertex, now()):.1f}")
        return event

    return reading
