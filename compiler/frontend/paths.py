"""Paths of the project that cog.yaml or a requirements file names, and that single steps of a build read."""

import posixpath
import re

from ..ir.project import Files
from .files import normal

# A comma or a `$` has a meaning where a Dockerfile names a path, in quotes, too.
_PLAIN = r"[\w.@+~/ -]+"


def found_path(written: str, folder: str, files: Files) -> str:
    """The path from the project's root of a file or folder; blank when the project has none there."""
    path = normal(posixpath.normpath(posixpath.join(folder, written)))
    there = written and not posixpath.isabs(written) and (files.is_file(path) or files.is_folder(path))
    return path if there and not path.startswith("../") and path != ".." else ""


def fault_of_path(written: str, folder: str, files: Files) -> tuple[str, str]:
    """What is wrong with a path, and the next step; both blank when it can be read by a step."""
    if not found_path(written, folder, files):
        where = f"the folder `{folder}`" if folder else "the project's folder"
        return f"there is no `{written}` in the project", f"correct the path, which counts from {where}"
    if not re.fullmatch(_PLAIN, found_path(written, folder, files)):
        return (
            f"`{written}` has characters that a Dockerfile gives a meaning",
            "rename it: letters, digits, blanks and `_.@+~-`",
        )
    return "", ""
