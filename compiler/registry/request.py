"""Request and Answer: one exchange with a registry, apart from how it is carried."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol


class Readable(Protocol):
    """A body of known length, read once from its beginning."""

    def __len__(self) -> int: ...
    def read(self, size: int, /) -> bytes: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Request:
    """`target` is a path, or a whole URL as servers give for uploads.

    `scopes` is what a token has to allow, `hopes` are the statuses that are no fault. `body` is called for each time
    that the request is sent.
    """

    method: str
    target: str
    scopes: tuple[str, ...]
    hopes: tuple[int, ...]
    headers: Mapping[str, str]
    body: Callable[[], "bytes | Readable"] = bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """Read to its end."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def may_pull(*repositories: str) -> tuple[str, ...]:
    return tuple(f"repository:{repository}:pull" for repository in repositories)


def may_push(repository: str) -> tuple[str, ...]:
    return (f"repository:{repository}:pull,push",)
