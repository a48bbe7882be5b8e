from cog import BasePredictor, Input

STYLES = ["photo"]
STYLES.append("sketch")

SIZE = 256
if SIZE > 128:
    SIZE = 512


class Predictor(BasePredictor):
    def predict(self, style: str = Input(choices=STYLES), size: int = SIZE) -> str:
        return style
