"""Ways to write a model."""

from __future__ import annotations

import sys
from typing import Any, Optional

from cog import BasePredictor, BaseRunner, Input, Opaque

if sys.version_info >= (3, 9):
    from typing import Annotated
else:
    from typing_extensions import Annotated

ARGUMENTS = len(sys.argv)


class Foreign:
    """A type that no schema knows."""


class Runner(BaseRunner):
    def run(self) -> str:
        return "fine"


class Base(BasePredictor):
    def predict(self) -> str:
        return "fine"


class Inherited(Base):
    pass


class Argv(BasePredictor):
    def predict(self) -> str:
        return "fine" if ARGUMENTS == 1 else "not fine"


class Rehearsed(BasePredictor):
    """Calls itself in setup, under both names, as models that warm up do."""

    def setup(self) -> None:
        self.rehearsed = self.predict("fine and more"), self.run("fine and more")

    def predict(self, text: str = Input(default="fine"), *, length: int = Input(default=4, ge=1)) -> str:
        return text[:length] if text == "fine and more" else self.rehearsed[0]


class Renamed(BasePredictor):
    def run(self, text: str = Input(default="fine")) -> str:
        return text if text == "fine" else self.predict()


class Future(BasePredictor):
    def predict(self, text: Optional[str] = None) -> str:
        return "fine" if text is None else "not fine"


class Given(BasePredictor):
    def predict(self, thing: Annotated[Foreign, Opaque]) -> Any:
        return thing


class Through(BasePredictor):
    def predict(self, thing: Annotated[Optional[Foreign], Opaque] = None) -> Any:
        return "fine" if thing is None else thing
