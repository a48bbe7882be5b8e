"""Dates and times as text: ISO 8601 as RFC 3339 has it, on every Python; `fromisoformat` takes less before 3.11."""

import datetime
import re
from typing import Optional

_DATETIME = r"(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d)?)(?:\.(\d+))?(Z|z|[+-]\d\d:?\d\d)?)?"


def datetime_of(text: str) -> datetime.datetime:
    """Midnight for a date alone. Raises ValueError for what is none."""
    found = re.fullmatch(_DATETIME, text, re.ASCII)
    if found is None:
        raise ValueError("a date and time is written like 2024-12-31T23:59:00Z")
    day, time, fraction, zone = found.groups()
    seconds = f"{time or '00:00'}:00"[:8]
    return datetime.datetime.fromisoformat(f"{day}T{seconds}.{fraction or '':0<6.6}{_offset(zone)}")


def _offset(zone: Optional[str]) -> str:
    """With its colon."""
    if not zone:
        return ""
    return "+00:00" if zone in "Zz" else f"{zone[:3]}:{zone[-2:]}"


def date_of(text: str) -> datetime.date:
    """Raises ValueError for what is none."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) is None:
        raise ValueError("a date is written like 2024-12-31")
    return datetime.date.fromisoformat(text)


def fits(kind: str, text: str) -> bool:
    """Whether a text is a `date` or `datetime`, as `kind` says."""
    try:
        (date_of if kind == "date" else datetime_of)(text)
    except ValueError:
        return False
    return True
