from cog import BaseModel, BasePredictor, Input


class Predictor(BasePredictor):
    SIZES = [64, 128]

    class Output(BaseModel):
        width: int

    def predict(self, width: int = Input(choices=SIZES, default=SIZES[0])) -> Output:
        return self.Output(width=width)
