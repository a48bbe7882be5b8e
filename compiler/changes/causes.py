"""Why each step of a build cannot come from the cache, as far as the project's own history tells."""

from collections.abc import Iterator, Mapping
from typing import Any

from .prints import Print

_SHOWN = 2


def causes(before: tuple[Print, ...], after: tuple[Print, ...]) -> tuple[str, ...]:
    """One for each of `after`; blank where nothing of the step, and of those before it, has changed.

    Without a build before, there is nothing to tell.
    """
    own = tuple(_own(before, one) if before else "" for one in after)
    first = next((number for number, cause in enumerate(own) if cause), len(own))
    later = f"follows {after[first].title}" if first < len(own) else ""
    return tuple(cause or (later if number > first else "") for number, cause in enumerate(own))


def _own(before: tuple[Print, ...], now: Print) -> str:
    alike = tuple(one for one in before if one.data["step"] == now.data["step"])
    same = next((one for one in alike if one.data == now.data), None)
    if same is not None:
        return _summary(tuple(_of_files(same.files, now.files)))
    if not alike:
        return "it is new"
    return _summary(tuple(_of_data(alike[0].data, now.data))) or "it has changed"


def _of_data(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for name, value in now.items():
        old = before.get(name)
        if name == "reads" or not isinstance(value, list) or not isinstance(old, list):
            continue
        yield from (f"{item} is new" for item in value if item not in old)
        yield from (f"{item} is gone" for item in old if item not in value)


def _of_files(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{path} has changed" for path in now if path in before and before[path] != now[path])
    yield from (f"{path} is new" for path in now if path not in before)
    yield from (f"{path} is gone" for path in before if path not in now)


def _summary(changes: tuple[str, ...]) -> str:
    more = f", and {len(changes) - _SHOWN} more" if len(changes) > _SHOWN else ""
    return ", ".join(changes[:_SHOWN]) + more
