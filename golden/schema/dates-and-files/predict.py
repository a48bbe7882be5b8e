import io
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(
        self,
        when: datetime,
        day: date = Input(default="2024-12-31"),
        first: date = date(2024, 1, 31),
        last: datetime = Input(default=datetime(2024, 12, 31, 23, 59)),
        table: BinaryIO = Input(default=None),
        image: Path = Input(default=None),
    ) -> io.BytesIO:
        return io.BytesIO()
