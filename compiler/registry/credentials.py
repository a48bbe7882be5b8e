"""Credentials: what `cogc login`, `docker login` or `podman login` stored, in a file or with a helper."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oras.auth.token import TokenAuth  # type: ignore[import-untyped]  # oras has no types

from ..ir.codes.registry import REGISTRY_CREDENTIALS
from ..ir.diagnostic import CompileError
from .logins import HUB_KEY, login_files
from .reference import HUB

# The user name with which helpers say that the secret is a refresh token.
_TOKEN_USER = "<token>"


@dataclass(frozen=True, slots=True)
class Login:
    """`basic` is base64 of `user:password`, `refresh` a token that buys tokens; both are blank for an anonymous."""

    basic: str = ""
    refresh: str = ""


class _Stored(TokenAuth):  # type: ignore[misc]  # oras has no types
    """oras's reader, on one chosen file: by itself it reads no other than that of the home folder."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        super().__init__()
        self._auth_config = {"auths": {}, **config}
        self._basic_auth = ""

    def of(self, key: str) -> Login:
        refresh = str(self._auth_config["auths"].get(key, {}).get("identitytoken", ""))
        if refresh or not self._load_auth(key):
            return Login(refresh=refresh)
        user, _, secret = base64.b64decode(self._basic_auth).decode().partition(":")
        return Login(refresh=secret) if user == _TOKEN_USER else Login(basic=self._basic_auth)


def stored_login(host: str, environment: Mapping[str, str]) -> Login:
    """Those for a registry; anonymous where none are stored.

    Raises CompileError (`registry-credentials`).
    """
    found = (_login(path, host) for path in login_files(environment) if path.is_file())
    return next((login for login in found if login != Login()), Login())


def _login(path: Path, host: str) -> Login:
    try:
        config = json.loads(path.read_text("utf-8"))
        return _Stored(config).of(_key(host, config))
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
        message = f"the credentials for {host} in {path} cannot be read: {error}"
        advice = f"correct that file, or move it away and `cogc login {host}`"
        raise CompileError([REGISTRY_CREDENTIALS.bare(message, help=advice)]) from error


def _key(host: str, config: Mapping[str, Any]) -> str:
    """The name under which a host is stored: older clients wrote URLs."""
    names = (HUB_KEY, host) if host == HUB else (host, f"https://{host}", f"https://{host}/v1/", f"http://{host}")
    known = {**config.get("credHelpers", {}), **config.get("auths", {})}
    return next((name for name in names if name in known), names[0])
