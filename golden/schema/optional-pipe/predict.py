from __future__ import annotations

from cog import BasePredictor, Input, Path


class Predictor(BasePredictor):
    def predict(
        self,
        prompt: str | None = None,
        image: Path | None = Input(default=None),
        value: int | float | str | None = None,
    ) -> list[str] | None:
        return None
