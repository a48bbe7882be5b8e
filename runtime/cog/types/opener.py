"""Requests for the files that models read, by the standard library."""

import urllib.request
from typing import IO

# Without those for ftp, file and data, which a redirect could ask for.
_HANDLERS = (
    urllib.request.ProxyHandler,
    urllib.request.HTTPHandler,
    urllib.request.HTTPSHandler,
    urllib.request.HTTPRedirectHandler,
    urllib.request.HTTPDefaultErrorHandler,
    urllib.request.HTTPErrorProcessor,
    urllib.request.UnknownHandler,
)


def opened(url: str, user_agent: str, seconds: float) -> IO[bytes]:
    """The content as a stream, for which nobody waits longer than `seconds` at a time. Raises OSError."""
    opener = urllib.request.OpenerDirector()
    for handler in _HANDLERS:
        opener.add_handler(handler())
    request = urllib.request.Request(url, headers={"User-Agent": user_agent})
    stream: IO[bytes] = opener.open(request, timeout=seconds)
    return stream
