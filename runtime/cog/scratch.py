"""Folders for temporary files, all inside one that the server removes when it ends."""

import os
import tempfile

VARIABLE = "COG_SCRATCH"


def new_folder(prefix: str) -> str:
    """Its path. Outside of a server it lies among the other temporary files. Raises OSError."""
    return tempfile.mkdtemp(prefix=prefix, dir=os.environ.get(VARIABLE))
