"""Crew: threads that do tasks side by side, and end together."""

from collections.abc import Callable, Iterable, Iterator
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from .stop import Stop, Stopped

Task = Callable[[], None]


class _Work:
    """The tasks that are left, made only when somebody takes them, and the first failure."""

    def __init__(self, tasks: Iterable[Task], stop: Stop, leave: Task) -> None:
        self._tasks, self._leave = iter(tasks), leave
        self._lock = Lock()
        self.stop = stop
        self.failures: list[BaseException] = []
        self._ended: SimpleQueue[None] = SimpleQueue()

    def until_done(self) -> None:
        try:
            for task in self._taken():
                task()
        except Stopped:
            return
        except BaseException as error:  # whatever it is, the main thread raises it
            self.failures.append(error)
            self.stop.ask()
        finally:
            self._leave()
            self._ended.put(None)

    def await_one(self, seconds: float) -> bool:
        """Whether a thread came to its end in time. Ctrl-C makes Thread.join take those that run for ended."""
        try:
            self._ended.get(timeout=max(0.0, seconds))
        except Empty:
            return False
        return True

    def _taken(self) -> Iterator[Task]:
        while True:
            self.stop.check()
            with self._lock:
                task = next(self._tasks, None)
            if task is None:
                return
            yield task


def run_all(tasks: Iterable[Task], workers: int, stop: Stop, leave: Task) -> None:
    """Runs the tasks, begun in their order, so many at a time; each thread calls `leave` as its last.

    The first failure stops the others and is raised here. Ctrl-C asks all to stop and waits as long as they are given;
    a second one does not wait. Threads that hang in the network do not keep the process from ending.
    """
    work = _Work(tasks, stop, leave)
    left = 0
    try:
        for _ in range(workers):
            left += 1
            Thread(target=work.until_done, daemon=True).start()
        while left and not stop.is_over:  # threads that hang are waited for only as long as nobody has failed
            left -= work.await_one(1.0)
    except KeyboardInterrupt:
        stop.ask()
        while left and not stop.is_over:
            left -= work.await_one(0.1)
        raise
    if work.failures:
        raise work.failures[0]
