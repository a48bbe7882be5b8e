"""What the headers of a request ask for: when to answer, and in which form."""

from typing import List, Optional

from starlette.requests import Request

from .errors import Refused
from .sse import MEDIA_TYPE

_JSON = ("application/json", "application/*", "*/*")


def _list(request: Request, name: bytes) -> List[str]:
    """The members of a list header, in lower case and without parameters."""
    # As they came: Starlette would decode every header for each look at one.
    lines = [value.decode("latin-1") for key, value in request.scope["headers"] if key == name]
    return [member.split(";", 1)[0].strip() for line in lines for member in line.lower().split(",")]


def wants_async(request: Request) -> bool:
    """RFC 7240: `Prefer` is a list of preferences, in any letter case, perhaps with parameters."""
    return "respond-async" in _list(request, b"prefer")


def wants_events(request: Request, can_stream: bool) -> bool:
    """Raises Refused when the client takes nothing but the events that the model does not give."""
    accepted = _list(request, b"accept")
    if MEDIA_TYPE not in accepted:
        return False
    if not can_stream and not any(each in accepted for each in _JSON):
        raise Refused(406, "This model does not stream: ask for application/json, or mark its method with @streaming")
    return can_stream


def last_event_id(request: Request) -> Optional[int]:
    """The number of the event that the client has seen last, None when it has seen none."""
    text = request.headers.get("last-event-id", "")
    return int(text) if text.isdigit() else None
