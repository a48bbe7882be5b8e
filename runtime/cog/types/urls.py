"""URLs that stand for files: recognising, naming, reading. Standard library only, for the worker."""

import mimetypes
import os
import pathlib
import shutil
import urllib.parse
from typing import IO, Any, Tuple

from ..scratch import new_folder
from .data_url import data_pieces

mimetypes.add_type("image/webp", ".webp")

_MAX_NAME_BYTES = 200
SILENCE_SECONDS = 10.0
_REMOTE = ("http", "https")


def scheme_of(text: str) -> str:
    """The lower-case scheme of a URL, empty for any other text."""
    # Not by `split`, which would copy all of a long data URL.
    return text[: max(0, text.find(":"))].lower()


def is_file_url(text: str) -> bool:
    """True for http, https and data URLs. Anything else, a local path included, is no file for a client."""
    scheme = scheme_of(text)
    return scheme == "data" or (scheme in _REMOTE and bool(_split(text).netloc))


def _split(text: str) -> urllib.parse.SplitResult:
    try:
        return urllib.parse.urlsplit(text)
    except ValueError:
        return urllib.parse.SplitResult("", "", "", "", "")


def shown(url: str) -> str:
    """What an error may tell of a URL: neither its password nor its query, which often is a signature."""
    parts = _split(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"[:200]


def file_name_of(url: str) -> str:
    """A safe local name for what a URL points to: decoded, without separators, at most 200 bytes."""
    if scheme_of(url) == "data":
        return "file" + (mimetypes.guess_extension(url[5 : url.find(",")].split(";", 1)[0]) or "")
    return safe_name(urllib.parse.unquote(_split(url).path.rsplit("/", 1)[-1]))


def safe_name(text: str) -> str:
    """The text as the name of a local file: without separators, at most 200 bytes."""
    name = text.replace("/", "_").replace("\x00", "_")
    return _shortened("file" if name in ("", ".", "..") else name)


def _shortened(name: str) -> str:
    if len(name.encode("utf-8", "replace")) <= _MAX_NAME_BYTES:
        return name
    stem, extension = _extension_of(name)
    room = _MAX_NAME_BYTES - len(extension.encode("utf-8", "replace")) - 1
    return stem.encode("utf-8", "replace")[:room].decode("utf-8", "ignore") + "~" + extension


def _extension_of(name: str) -> Tuple[str, str]:
    extension = pathlib.PurePosixPath(name).suffix
    fits = 0 < len(extension.encode("utf-8", "replace")) <= _MAX_NAME_BYTES // 2
    return (name[: -len(extension)], extension) if fits else (name, "")


def open_url(url: str, silence: float = SILENCE_SECONDS) -> IO[bytes]:
    """A stream of the content, which may be silent for so many seconds.

    Raises ValueError for other schemes, and OSError when it cannot be fetched.
    """
    if scheme_of(url) not in _REMOTE:
        raise ValueError(f"only http, https and data URLs can be read, not {url[:80]!r}")
    # Late: it brings half of what importing the SDK would take, and few models need it.
    from .opener import opened

    return opened(url, user_agent(), silence)


def user_agent() -> str:
    from .._version import __version__

    return os.environ.get("COG_USER_AGENT") or f"cogc-runtime/{__version__}"


def fetch(url: str) -> str:
    """Stores the content in a new temporary directory and returns the file's path."""
    path = pathlib.Path(new_folder(), file_name_of(url))
    with path.open("wb") as target:
        _copy(url, target)
    return str(path)


def _copy(url: str, target: Any) -> None:
    if scheme_of(url) == "data":
        target.writelines(data_pieces(url))
        return
    with open_url(url) as source:
        shutil.copyfileobj(source, target)
