"""Files side by side: hashing and disks gain from a few at a time, more than that bring nothing."""

from collections.abc import Callable, Iterable

from ...registry.crew import run_all
from ...registry.stop import Stop

_WORKERS = 4


def side_by_side(tasks: Iterable[Callable[[], None]], stop: Stop) -> None:
    """Raises the first failure, when the others have stopped."""
    run_all(tasks, _WORKERS, stop, leave=lambda: None)
