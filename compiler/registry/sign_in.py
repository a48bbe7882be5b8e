"""Sign in: does a registry take a name and a password?"""

from collections.abc import Mapping

from .credentials import Login
from .host import origin_of
from .request import Request
from .retry import Patience, retried
from .session import Session
from .stop import Stop
from .tokens import Tokens
from .trust import trust

_PATIENCE = Patience(tries=3)


def sign_in(host: str, login: Login, environment: Mapping[str, str]) -> None:
    """Returns where it does, and where it asks nobody for one.

    Raises Fault for a registry that refuses it or cannot be reached; CompileError (`ca-cert`,
    `registry-certificates`).
    """
    origin = origin_of(host, environment)
    trusted = {"ssl_context": trust(host, environment)} if origin.startswith("https:") else {}
    session = Session(origin, Tokens(login), trusted)
    try:
        retried(lambda: session.ask(Request("GET", "/v2/", (), (200,), {})), _PATIENCE, Stop())
    finally:
        session.close()
