class Predictor(
