"""Tokens: what a registry's token service gave, renewed before they end and when they are refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

from oras.auth.utils import parse_auth_header  # type: ignore[import-untyped]  # oras has no types

from .credentials import Login
from .faults import Answered

# (method, URL, headers, parameters) -> the JSON that the token service answers.
Fetch = Callable[[str, str, Mapping[str, str], Mapping[str, Any]], Mapping[str, Any]]
# Seconds that a token lives when its service does not say, after the distribution's specification of tokens.
_LIFE = 60.0
# The part of its life in which a token is used for new requests.
_FRESH = 0.8
_CLIENT = "cogc"


@dataclass(frozen=True, slots=True)
class _Service:
    realm: str
    name: str


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    scopes: tuple[str, ...]
    until: float


class Tokens:
    """The tokens of one registry by what they were asked for; all threads share them, one fetches at a time."""

    def __init__(self, login: Login) -> None:
        self._login = login
        self._lock = Lock()
        self._service = _Service("", "")
        self._tokens: dict[tuple[str, ...], _Token] = {}
        self._is_basic = False

    def authorization(self, scopes: tuple[str, ...], fetch: Fetch) -> str:
        """The header's value for a request; blank as long as the registry has asked for none."""
        if self._is_basic:
            return f"Basic {self._login.basic}"
        with self._lock:
            token = self._tokens.get(scopes)
            if token is None:
                return ""
            if token.until < monotonic():
                token = self._renewed(scopes, token.scopes, fetch)
            return f"Bearer {token.text}"

    def answer(self, challenge: str, scopes: tuple[str, ...], refused: str, fetch: Fetch) -> str:
        """The header's value after a 401 for `refused`; blank where there is nothing better to offer."""
        scheme = challenge.partition(" ")[0].lower()
        if scheme == "basic":
            self._is_basic = bool(self._login.basic)
            return f"Basic {self._login.basic}" if self._is_basic and not refused else ""
        if scheme != "bearer":
            return ""
        with self._lock:
            known = self._tokens.get(scopes)
            if known is not None and f"Bearer {known.text}" != refused:
                return f"Bearer {known.text}"
            parsed = parse_auth_header(challenge)
            self._service = _Service(parsed.realm or "", parsed.service or "")
            wanted = tuple(sorted({*scopes, *(parsed.scope or "").split()}))
            return f"Bearer {self._renewed(scopes, wanted, fetch).text}"

    def _renewed(self, scopes: tuple[str, ...], wanted: tuple[str, ...], fetch: Fetch) -> _Token:
        given = self._ask(wanted, fetch)
        text = given.get("token") or given.get("access_token")
        if not isinstance(text, str):
            raise Answered(401, f"{self._service.realm} gave no token")
        life = given.get("expires_in")
        seconds = float(life) if isinstance(life, int | float) and life > 0 else _LIFE
        token = _Token(text, wanted, monotonic() + seconds * _FRESH)
        self._tokens[scopes] = token
        return token

    def _ask(self, wanted: tuple[str, ...], fetch: Fetch) -> Mapping[str, Any]:
        """oras's own request for a token forgets how long it lives, and knows no refresh tokens."""
        parameters: dict[str, Any] = {"service": self._service.name, "client_id": _CLIENT}
        if self._login.refresh:
            bought = {"grant_type": "refresh_token", "refresh_token": self._login.refresh}
            return fetch("POST", self._service.realm, {}, {**parameters, **bought, "scope": " ".join(wanted)})
        headers = {"Authorization": f"Basic {self._login.basic}"} if self._login.basic else {}
        return fetch("GET", self._service.realm, headers, {**parameters, "scope": list(wanted)})
