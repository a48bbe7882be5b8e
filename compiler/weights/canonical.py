"""JSON bytes as Go's encoder writes them: digests of manifests hang on every byte."""

import json
from typing import Any

# Go escapes what could end a script in a page, and the two line ends that JavaScript once refused.
_ESCAPES = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})


def compact(data: Any) -> bytes:
    """One line, no blanks, keys in the order given."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES).encode()


def indented(data: Any) -> bytes:
    """Two blanks a level, and a line end after the last line."""
    return (json.dumps(data, ensure_ascii=False, indent=2).translate(_ESCAPES) + "\n").encode()
