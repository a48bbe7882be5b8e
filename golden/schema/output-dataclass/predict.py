from dataclasses import dataclass, field
from typing import List, Optional

from cog import BasePredictor


@dataclass
class Word:
    text: str
    start: float
    end: float = 0.0


@dataclass(frozen=True)
class Transcript:
    words: List[Word] = field(default_factory=list)
    language: str = field(default="en")
    summary: Optional[str] = None


class Predictor(BasePredictor):
    def predict(self, text: str) -> Transcript:
        return Transcript()
