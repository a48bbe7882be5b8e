import cog


class Predictor:
    @staticmethod
    def predict(text: str, times: int = cog.Input(default=1, ge=1)) -> str:
        return text * times
