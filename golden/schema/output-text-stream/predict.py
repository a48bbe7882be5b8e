from cog import BasePredictor, ConcatenateIterator


class Predictor(BasePredictor):
    def predict(self) -> ConcatenateIterator[str]:
        for token in ["The", "quick", "brown", "fox"]:
            yield token + " "
