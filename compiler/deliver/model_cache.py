"""What models download while they run: kept on this machine between runs, outside of every project."""

from collections.abc import Mapping
from pathlib import Path

from ..store.cache import cache_folder

# Inside of the container.
_TARGET = "/var/cache/cog"
_FOLDERS = {
    "XDG_CACHE_HOME": "",
    "HF_HOME": "/huggingface",
    "TORCH_HOME": "/torch",
    "KERAS_HOME": "/keras",
    "NLTK_DATA": "/nltk",
}
# Whoever a container runs as has to be able to write; nobody else on this machine gets as far as here.
_OURS, _OF_ALL = 0o700, 0o1777


def default_folder(environment: Mapping[str, str]) -> Path:
    """`models` in the cache folder."""
    return cache_folder(environment) / "models"


def cache_mount(folder: Path, user: str) -> tuple[str, ...]:
    """Docker's words for the cache, whose folder is made where there is none. Raises OSError.

    Each user of containers has one of its own in it: what root writes is not for others to change.
    """
    inner = folder / user
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(_OURS)
    if not inner.exists():
        inner.mkdir()
        inner.chmod(_OF_ALL)
    return ("--mount", f"type=bind,source={inner.resolve()},target={_TARGET}")


def cache_variables(stated: frozenset[str]) -> tuple[str, ...]:
    """Where libraries are to keep downloads; a variable that the project sets itself stays as it is."""
    return tuple(f"{name}={_TARGET}{path}" for name, path in _FOLDERS.items() if name not in stated)
