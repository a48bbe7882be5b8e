"""Sentences in, their vectors and similarities out: all-MiniLM-L6-v2 in numpy."""

from pathlib import Path

from cog import BaseModel, BasePredictor, Input
from sentences import SentenceEncoder

WEIGHTS = Path(__file__).with_name("weights")


class Output(BaseModel):
    vectors: list[list[float]]
    similarities: list[list[float]]


class Predictor(BasePredictor):
    def setup(self) -> None:
        if not WEIGHTS.is_dir():
            raise FileNotFoundError("weights/ is missing: run `python fetch_weights.py` in this folder and try again")
        self.encode = SentenceEncoder.load(WEIGHTS)

    def predict(self, sentences: list[str] = Input(description="Sentences to compare, at least one")) -> Output:
        if not sentences:
            raise ValueError("sentences is empty: pass at least one")
        vectors = self.encode(sentences)
        return Output(vectors=vectors.tolist(), similarities=(vectors @ vectors.T).tolist())
