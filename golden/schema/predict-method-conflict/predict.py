from cog import BaseRunner


class Predictor(BaseRunner):
    def run(self, text: str) -> str:
        return text

    def predict(self, text: str) -> str:
        return text
