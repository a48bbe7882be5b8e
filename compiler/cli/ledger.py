"""What the last build of an image was made from, kept in the project's `.cog`."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from ..changes.causes import causes
from ..changes.prints import Print, prints
from ..deliver.workspace import workspace
from ..ir.recipe import Recipe
from ..version import __version__


@dataclass(frozen=True, slots=True)
class Ledger:
    """That of one image of a project."""

    place: Path

    def causes(self, now: tuple[Print, ...]) -> tuple[str, ...]:
        """Why each step is done again, if it is; nothing for an image that was never built here."""
        return causes(self._read(), now)

    def write(self, now: tuple[Print, ...]) -> None:
        self.place.write_text(json.dumps([asdict(one) for one in now]), "utf-8")

    def _read(self) -> tuple[Print, ...]:
        try:
            return tuple(Print(**one) for one in json.loads(self.place.read_text("utf-8")))
        except (OSError, TypeError, ValueError):  # none yet, or one that another release wrote
            return ()


def ledger(project: Path, image: str) -> Ledger:
    name = hashlib.sha256(image.encode()).hexdigest()[:16]
    return Ledger(workspace(project, "made") / f"{name}.json")


def prints_now(recipe: Recipe, files: dict[str, str]) -> tuple[Print, ...]:
    return prints(recipe, files, __version__)
