"""Which package index is read: the one that is stated, or the one that pip or uv is set to."""

import os
import subprocess
import sys
from collections.abc import Mapping
from urllib.parse import urlsplit

from ..ir.codes.database import INDEX_MISSING
from ..ir.diagnostic import CompileError

_NAMES = ("PIP_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL")
_OF_PIP = ("config", "get", "global.index-url")


def index_url(stated: str | None, environment: Mapping[str, str] = os.environ) -> str:
    """The index that is stated, else that of a variable, else that of pip's own files.

    Raises CompileError (`index-missing`) when there is none, or none that is read over HTTP.
    """
    found = stated or next((environment[name] for name in _NAMES if environment.get(name)), "") or _of_pip()
    if _is_http(found):
        return found.rstrip("/") + "/"
    message = (
        "the package index has no URL that starts with http" if found else "no package index is named to read from"
    )
    help = f"name its Simple API with --index URL, {', '.join(_NAMES)} or `pip config set global.index-url URL`"
    raise CompileError([INDEX_MISSING.bare(message, help=help)])


def _of_pip() -> str:
    """What pip's files say, as the pip beside cogc reads them; blank where they say nothing, or there is no pip."""
    words = (sys.executable, "-m", "pip", *_OF_PIP)
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip()


def _is_http(text: str) -> bool:
    try:
        return urlsplit(text).scheme in ("http", "https") and bool(urlsplit(text).hostname)
    except ValueError:
        return False
