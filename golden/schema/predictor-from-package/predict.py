from awesome_models import Predictor
