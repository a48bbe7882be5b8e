"""The arguments of `Input()`: their names, and which values each takes."""

import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Rule:
    """`wanted` completes the sentence `NAME must be …`."""

    wanted: str
    holds: Callable[[Any], bool]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_length(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_pattern(value: Any) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python's plans for its own syntax are not the user's affair
            re.compile(value)
    except (re.error, TypeError, OverflowError, RecursionError):
        return False
    return isinstance(value, str)


def _are_choices(value: Any) -> bool:
    return isinstance(value, list) and {type(item) for item in value} in ({str}, {int})


_LENGTH = Rule("a whole number, 0 or more", _is_length)
_NUMBER = Rule("a number", _is_number)
_TEXT = Rule("text", _is_text)

ARGUMENTS: Mapping[str, Rule] = {
    "default": Rule("a value", lambda _: True),
    "description": _TEXT,
    "ge": _NUMBER,
    "le": _NUMBER,
    "min_length": _LENGTH,
    "max_length": _LENGTH,
    "regex": Rule("a regular expression", _is_pattern),
    "choices": Rule("a list, not empty, of text or of integers", _are_choices),
    "deprecated": Rule("True or False", lambda value: isinstance(value, bool)),
    "accept": _TEXT,
}
