"""A repository of the Hugging Face hub, or of a server that speaks as it does."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ...ir.codes.store import SOURCE_ANSWER
from ...ir.diagnostic import CompileError
from .source import Found, Inventory
from .web import Web, shown

_ENDPOINT = "https://huggingface.co"
_TOKENS = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")


@dataclass(frozen=True, slots=True)
class HubSource:
    """The commit is the fingerprint. The hub knows the SHA-256 of every large file: its LFS object is named by it."""

    repository: str
    revision: str = "main"
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    web: Web = field(default_factory=Web)

    @property
    def place(self) -> str:
        return f"{self._endpoint}/{self.repository}"

    def inventory(self) -> Inventory:
        commit = str(self._asked(f"{self._api}/revision/{quote(self.revision, safe='')}")["sha"])
        files = tuple(_found(entry, commit) for entry in self._tree(commit) if entry["type"] == "file")
        return Inventory(tuple(sorted(files, key=lambda found: found.path)), f"commit:{commit}")

    def read(self, found: Found, offset: int) -> Iterator[bytes]:
        commit = found.version.partition(":")[0]
        url = f"{self.place}/resolve/{commit}/{quote(found.path)}"
        return self.web.read(url, offset, self._login)

    def close(self) -> None:
        self.web.client.close()

    def _tree(self, commit: str) -> Iterator[dict[str, Any]]:
        """Page by page, as the hub lists large repositories."""
        url = f"{self._api}/tree/{commit}?recursive=true"
        while url:
            answer = self.web.ask(url, self._login)
            yield from _json(answer.content, url, list)
            url = answer.links.get("next", {}).get("url", "")

    def _asked(self, url: str) -> dict[str, Any]:
        found: dict[str, Any] = _json(self.web.ask(url, self._login).content, url, dict)
        if "sha" not in found:
            raise _unfit(url)
        return found

    @property
    def _endpoint(self) -> str:
        return (self.environment.get("HF_ENDPOINT") or _ENDPOINT).rstrip("/")

    @property
    def _api(self) -> str:
        return f"{self._endpoint}/api/models/{self.repository}"

    @property
    def _login(self) -> dict[str, str]:
        token = next((self.environment[name] for name in _TOKENS if self.environment.get(name)), "")
        token = token or _token_of_login(self.environment)
        return {"Authorization": f"Bearer {token}"} if token else {}


def _token_of_login(environment: Mapping[str, str]) -> str:
    """What `hf auth login` has left."""
    home = environment.get("HF_HOME") or str(Path.home() / ".cache" / "huggingface")
    path = Path(environment.get("HF_TOKEN_PATH") or f"{home}/token")
    return path.read_text("utf-8").strip() if path.is_file() else ""


def _found(entry: dict[str, Any], commit: str) -> Found:
    try:
        large = entry.get("lfs") or {}
        digest = f"sha256:{large['oid']}" if large else ""
        size = int(large.get("size", entry["size"]))
        return Found(str(entry["path"]), size, digest, f"{commit}:{entry['oid']}")
    except (KeyError, TypeError, ValueError) as error:
        raise _unfit(str(entry)) from error


def _json(content: bytes, url: str, kind: type) -> Any:
    import json

    try:
        found = json.loads(content)
    except ValueError as error:
        raise _unfit(url) from error
    if not isinstance(found, kind):
        raise _unfit(url)
    return found


def _unfit(place: str) -> CompileError:
    message = f"{shown(place)} does not answer as the Hugging Face hub does"
    return CompileError([SOURCE_ANSWER.bare(message, help="look at HF_ENDPOINT")])
