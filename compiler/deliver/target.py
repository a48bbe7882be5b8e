"""Where an output is to be written, looked at before anything runs for it."""

import os
from pathlib import Path

from ..ir.codes.commands import FILE_ACCESS
from ..ir.diagnostic import CompileError


def require_writable(target: Path) -> None:
    """Raises CompileError (`file-access`) where a file of this name cannot be written."""
    folder = target.parent
    if not folder.is_dir():
        message = f"the output cannot be written to {target}: there is no folder {folder}"
        advice = f"make it (mkdir -p {folder}), or name another file with -o"
        raise CompileError([FILE_ACCESS.bare(message, help=advice)])
    if not os.access(target if target.exists() else folder, os.W_OK):
        message = f"the output cannot be written to {target}: it is read-only"
        raise CompileError([FILE_ACCESS.bare(message, help="name another file with -o")])
