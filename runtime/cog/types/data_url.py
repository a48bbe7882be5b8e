"""Data URLs: files that are written out in the text itself."""

import binascii
import string
import urllib.parse
from dataclasses import dataclass
from typing import Iterator

_PIECE = 1 << 20
_NO_BASE64 = bytes(set(range(128)) - set(b"+/=" + string.ascii_letters.encode() + string.digits.encode()))


@dataclass(frozen=True)
class DataURL:
    media_type: str
    content: bytes


def parse_data_url(text: str) -> DataURL:
    """Raises ValueError when the text is not a well-formed data URL."""
    content = b"".join(data_pieces(text))
    return DataURL(text[len("data:") : text.index(",")].split(";", 1)[0] or "text/plain", content)


def data_pieces(text: str) -> Iterator[bytes]:
    """The content of a data URL, a piece at a time: a long one is never whole in memory. Raises ValueError."""
    comma = text.find(",")
    if comma < 0:
        raise ValueError("a data URL has a comma between its type and its content")
    if not text[:comma].lower().endswith(";base64"):
        yield urllib.parse.unquote_to_bytes(text[comma + 1 :])
        return
    try:
        yield from _from_base64(text, comma + 1)
    except ValueError as error:
        raise ValueError(f"the base64 content of the data URL is broken: {error}") from None


def _from_base64(text: str, start: int) -> Iterator[bytes]:
    """Four letters are three bytes, so what is over goes to the next piece; a padding is the end."""
    rest = b""
    for at in range(start, len(text), _PIECE):
        letters = rest + text[at : at + _PIECE].encode("ascii").translate(None, _NO_BASE64)
        if b"=" in letters:
            yield binascii.a2b_base64(letters)
            return
        whole = len(letters) // 4 * 4
        yield binascii.a2b_base64(letters[:whole])
        rest = letters[whole:]
    yield binascii.a2b_base64(rest)
