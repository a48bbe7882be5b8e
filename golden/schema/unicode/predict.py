from cog import BasePredictor, Input


class Predictor(BasePredictor):
    def predict(self, größe: int = Input(description="Größe in Pixeln – höchstens 2¹¹", default=1), 名前: str = "猫") -> str:
        return 名前
