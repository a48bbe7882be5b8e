from awesome_models import Pipeline


class Predictor(Pipeline):
    def setup(self) -> None:
        self.load()
