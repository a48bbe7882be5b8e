"""What the headers of a request ask for: when to answer, and in which form."""

from typing import Optional

from starlette.requests import Request

from .errors import Refused
from .headers import header, members
from .sse import MEDIA_TYPE

_JSON = ("application/json", "application/*", "*/*")


def wants_async(request: Request) -> bool:
    """RFC 7240: `Prefer` is a list of preferences, in any letter case, perhaps with parameters."""
    return "respond-async" in members(request.scope, b"prefer")


def wants_events(request: Request, can_stream: bool) -> bool:
    """Raises Refused when the client takes nothing but the events that there are none of."""
    accepted = members(request.scope, b"accept")
    if MEDIA_TYPE not in accepted:
        return False
    if not can_stream and not any(each in accepted for each in _JSON):
        raise Refused(
            406, "There are no events: ask for application/json; predictions of a @streaming method have some"
        )
    return can_stream


def last_event_id(request: Request) -> Optional[int]:
    """The number of the event that the client has seen last, None when it has seen none."""
    text = header(request.scope, b"last-event-id")
    return int(text) if text.isdigit() else None
