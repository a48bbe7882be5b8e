"""Weights that lie beside the image: waiting until whoever brings them says that they are all there."""

import asyncio
import json
import logging
import pathlib
from dataclasses import dataclass
from typing import Optional, Tuple

_log = logging.getLogger("cog.weights")

_LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class Weights:
    """One entry of the image's list. Its state is told by files in `.cog` of `target`: `ready`, which may hold the
    digest of the set, `failed`, which may hold the reason, `downloading`. A target with files and without `.cog` is
    what an image volume or a person has mounted whole."""

    name: str
    target: str
    set_digest: str

    def is_ready(self) -> bool:
        """Raises WeightsError when they will never be what the image was built for."""
        state = pathlib.Path(self.target) / ".cog"
        if not state.exists():
            return _has_files(pathlib.Path(self.target))
        found = _text(state / "ready")
        if found is None:
            reason = _text(state / "failed")
            if reason is not None:
                raise WeightsError(f"the weights {self.name!r} could not be brought: {reason or 'no reason was given'}")
            return False
        if found not in ("", self.set_digest):
            wanted = f"the image was built for {self.set_digest}"
            raise WeightsError(f"the weights {self.name!r} at {self.target} are {found}, but {wanted}")
        return True


class WeightsError(Exception):
    """The message says which weights, and why the model cannot have them."""


def listed(manifest: str) -> Tuple[Weights, ...]:
    """The weights that the image was built for; none where it has no list. Raises WeightsError."""
    text = _text(pathlib.Path(manifest))
    if text is None:
        return ()
    try:
        entries = json.loads(text)["weights"]
        return tuple(Weights(entry["name"], entry["target"], entry["setDigest"]) for entry in entries)
    except (ValueError, KeyError, TypeError):
        raise WeightsError(f"{manifest} does not list weights as cogc writes them") from None


async def weights_ready(manifest: str, timeout: float) -> None:
    """Returns when all are there. Raises WeightsError when one failed, or is not there after `timeout` seconds."""
    missing = listed(manifest)
    loop = asyncio.get_running_loop()
    clock = loop.time
    deadline = clock() + timeout
    told = False
    while True:
        # Off the loop: a network file system that hangs must not stop the health check.
        missing = await loop.run_in_executor(None, _not_ready, missing)
        if not missing:
            return
        if clock() > deadline:
            raise WeightsError(_late(missing[0], timeout))
        if not told:
            _log.info("waiting for the weights: %s", ", ".join(f"{each.name} at {each.target}" for each in missing))
            told = True
        await asyncio.sleep(_LOOK_SECONDS)


def _not_ready(weights: Tuple[Weights, ...]) -> Tuple[Weights, ...]:
    return tuple(each for each in weights if not each.is_ready())


def _late(weights: Weights, timeout: float) -> str:
    begun = (pathlib.Path(weights.target) / ".cog" / "downloading").exists()
    said = "were still being brought" if begun else "were not there"
    help = "mount them, or bring them with `cogc weights pull --to /`; COG_WEIGHTS_TIMEOUT sets the seconds"
    return f"the weights {weights.name!r} {said} at {weights.target} after {timeout:g} seconds: {help}"


def _has_files(folder: pathlib.Path) -> bool:
    """Also of a volume that was made just now, with nothing but what its file system keeps for itself."""
    try:
        return any(each.name != "lost+found" for each in folder.iterdir())
    except OSError:
        return False


def _text(path: pathlib.Path) -> Optional[str]:
    """None where there is no such file."""
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return None
