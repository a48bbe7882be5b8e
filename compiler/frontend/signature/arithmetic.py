"""The operators of constant expressions, with a limit on what they may make: source text is not trusted."""

from collections.abc import Iterable
from typing import Any

MOST = 10_000  # items of a list, characters of a text, bits of a number


def spread(values: Iterable[Any] = ()) -> list[Any]:
    """The items as a list; those of a set sorted, since their own order differs from run to run."""
    return sorted(values) if isinstance(values, set) else list(values)


def counted(*bounds: int) -> range:
    found = range(*bounds)
    _check(len(found))
    return found


def product(left: Any, right: Any) -> Any:
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left * right
    items, times = (right, left) if isinstance(left, int) else (left, right)
    _check(len(items) * times)
    return items * times


def power(left: float, right: float) -> float:
    _check(left.bit_length() * right if isinstance(left, int) else 0)
    result: float = left**right
    return result


def shifted(left: int, right: int) -> int:
    _check(left.bit_length() + right)
    return left << right


def remainder(left: Any, right: Any) -> Any:
    """Of numbers only: on text the same operator is a formatter."""
    if isinstance(left, str):
        raise TypeError("a text has no remainder")
    return left % right


def _check(size: float) -> None:
    if size > MOST:
        raise ValueError("too large to be worked out here")
