"""The cache folder: where what can be had again is kept between runs."""

import os
from collections.abc import Mapping
from pathlib import Path

FOLDER = "weights"


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """COG_CACHE_DIR, else `cog` in XDG_CACHE_HOME, else `~/.cache/cog`."""
    if stated := environment.get("COG_CACHE_DIR", ""):
        return Path(stated).expanduser().absolute()
    base = environment.get("XDG_CACHE_HOME", "")
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "cog"
