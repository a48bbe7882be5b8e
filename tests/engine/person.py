"""Somebody at a shell, who types what a document says."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..runtime.serving import eventually
from .projects import docker

COG = f"""#!/bin/sh
exec {sys.executable} -m cogc "$@"
"""


class Person:
    """Somebody at a shell in a new folder, who types what a page says."""

    def __init__(self, folder: Path, images: list[str]) -> None:
        self.folder = folder
        self._images = images
        tools = folder.parent / "bin"
        tools.mkdir()
        (tools / "cog").write_text(COG)
        (tools / "cog").chmod(0o755)
        self._environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"}

    def image(self, name: str) -> str:
        """A name under which this test may build; the environment's image goes with it."""
        self._images += [f"cogc-tests/documents-{name}", f"cogc-tests/documents-{name}-base"]
        return self._images[-2]

    def saves(self, **files: str) -> None:
        """Files by their names, with `__` for the dot."""
        for name, text in files.items():
            (self.folder / name.replace("__", ".")).write_text(text)

    def types(self, line: str, reads: str = "", code: int = 0) -> "subprocess.CompletedProcess[str]":
        """One line, whose exit code has to be `code`."""
        found = subprocess.run(
            ["bash", "-c", line], cwd=self.folder, env=self._environment, input=reads, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert found.returncode == code, found.stdout + found.stderr
        return found

    @contextmanager
    def starts(self, line: str) -> Iterator[None]:
        """A container in the background, for as long as the test asks it."""
        container = self.types(line).stdout.strip()
        try:
            yield
        finally:
            docker("rm", "--force", container)

    def asks(self, line: str) -> str:
        """What a server answers that is only starting."""
        return eventually(lambda: self.types(f"{line} || true").stdout, bool)
