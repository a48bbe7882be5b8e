import io
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(self, when: datetime, day: date, table: BinaryIO, image: Path = Input(default=None)) -> io.BytesIO:
        return io.BytesIO()
