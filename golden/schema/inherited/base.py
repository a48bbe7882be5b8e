from cog import BasePredictor, Input


class Base(BasePredictor):
    def predict(self, prompt: str = Input(description="Asked of all models of the family")) -> str:
        return prompt
