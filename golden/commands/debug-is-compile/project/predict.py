from cog import BasePredictor


class P(BasePredictor):
    def predict(self, a: str) -> str:
        return a
