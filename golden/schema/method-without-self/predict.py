class Predictor:
    def predict() -> str:
        return "hello"
