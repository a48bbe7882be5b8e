from serving import Predictor
