"""Files: the project as the compiler sees it, read-only, by paths from its root."""

from typing import Protocol

from .source import Source


class Files(Protocol):
    """The project's files. A path is relative, with forward slashes; one that leads outside finds nothing."""

    @property
    def name(self) -> str:
        """The name of the project's folder."""

    def read(self, path: str) -> Source | None:
        """The text of a file, or None when there is no such file in the project.

        Raises CompileError (`not-text`) when the file is not UTF-8.
        """

    def is_file(self, path: str) -> bool: ...

    def is_folder(self, path: str) -> bool: ...

    def paths(self) -> tuple[str, ...]:
        """All files of the project, sorted."""
