"""Source: files somewhere, with what tells whether they changed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from ...ir.codes.store import SOURCE_EMPTY
from ...ir.diagnostic import CompileError
from ..receive import UNKNOWN

Takes = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """One file of a source.

    `size` may be UNKNOWN; `digest` is blank where nobody knows it before the file is read. `version` tells this
    content from a later one, and is blank where nothing does.
    """

    path: str
    size: int = UNKNOWN
    digest: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a source has. `fingerprint` is blank where only the content can tell one state from the next."""

    files: tuple[Found, ...]
    fingerprint: str = ""

    def taken(self, takes: Takes, uri: str) -> "Inventory":
        """The files that patterns leave. Raises CompileError (`weight-source-empty`)."""
        left = tuple(found for found in self.files if takes(found.path))
        if not left:
            why = "it has no files" if not self.files else f"`include` and `exclude` leave none of {len(self.files)}"
            message = f"nothing is to be imported from {uri}: {why}"
            raise CompileError([SOURCE_EMPTY.bare(message, help="compare the patterns with the source's files")])
        return Inventory(left, self.fingerprint)


class Source(Protocol):
    """`place` names it in the index of what was read.

    Raises CompileError (`weight-source-…`) where it cannot be read.
    """

    @property
    def place(self) -> str: ...

    def inventory(self) -> Inventory: ...

    def read(self, found: Found, offset: int) -> Iterator[bytes]:
        """The content from a byte on."""

    def close(self) -> None:
        """Ends its connections."""
