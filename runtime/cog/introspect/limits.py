"""What `Input()` says about the values of a parameter, as the server can check it."""

import math
import operator
import re
from dataclasses import replace
from typing import Any, Dict, Optional, Tuple

from ..input import FieldInfo
from ..signature import Type
from ..signature.fitting import fits
from ..signature.words import describe
from .errors import SignatureError


def limits_of(info: FieldInfo, type_: Type, where: str) -> Dict[str, Any]:
    """By the names of `Parameter`'s attributes. Raises SignatureError for what cannot be checked."""
    _check_regex(info.regex, where)
    return {
        "ge": _number(info.ge, "ge", -math.inf, where),
        "le": _number(info.le, "le", math.inf, where),
        "min_length": _length(info.min_length, "min_length", where),
        "max_length": _length(info.max_length, "max_length", where),
        "regex": info.regex,
        "choices": _choices(info, type_, where),
    }


def _number(value: Any, name: str, boundless: float, where: str) -> Any:
    """An int or a float, of whatever class it was; `boundless` is the same as no bound."""
    if value is None:
        return None
    number = _plain_number(value)
    if number is None or (not math.isfinite(number) and number != boundless):
        raise SignatureError(f"{where}: {name} must be a number, not {value!r}")
    return number if math.isfinite(number) else None


def _plain_number(value: Any) -> Any:
    """None for what is no number, or too large for a bound."""
    try:
        number = float(value) if not isinstance(value, (str, bytes)) else None
    except (TypeError, ValueError, OverflowError):
        return None
    try:
        return operator.index(value) if number is not None else None
    except TypeError:
        return number


def _length(value: Any, name: str, where: str) -> Optional[int]:
    number = _number(value, name, math.inf, where)
    if number is not None and (number < 0 or number != int(number)):
        raise SignatureError(f"{where}: {name} must be a whole number, 0 or more, not {value!r}")
    return None if number is None else int(number)


def _check_regex(regex: Optional[str], where: str) -> None:
    try:
        re.compile(regex or "")
    except re.error as error:
        raise SignatureError(f"{where}: the regex {regex!r} is broken: {error}") from None


def _choices(info: FieldInfo, type_: Type, where: str) -> Optional[Tuple[Any, ...]]:
    if info.choices is None:
        return None
    if not info.choices:
        raise SignatureError(f"{where}: choices is empty, so no value is allowed")
    if {type(value) for value in info.choices} not in ({str}, {int}):
        raise SignatureError(f"{where}: choices must be all text or all integers, not {list(info.choices)!r}")
    one = type_.items if type_.kind == "list" and type_.items else type_
    wrong = next((value for value in info.choices if not fits(value, one)), None)
    if wrong is not None:
        raise SignatureError(f"{where}: the choice {wrong!r} is not {describe(replace(one, nullable=False))}")
    return info.choices
