from cog import BasePredictor


class Predictor(BasePredictor):
    def predict(self, words: "list[str") -> str:
        return words[0]
