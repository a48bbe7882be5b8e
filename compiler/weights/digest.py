"""Digests as OCI writes them: `sha256:` and 64 lower-case hexadecimal digits."""

import re
from hashlib import sha256

_FORM = re.compile(r"sha256:[0-9a-f]{64}")
_SHORT = 12


def digest_of(content: bytes) -> str:
    return f"sha256:{sha256(content).hexdigest()}"


def is_digest(text: str) -> bool:
    return _FORM.fullmatch(text) is not None


def short(digest: str) -> str:
    """The first twelve hexadecimal digits, as tags have them."""
    return digest.removeprefix("sha256:")[:_SHORT]
