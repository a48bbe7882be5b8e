from base import Base


class Predictor(Base):
    def setup(self) -> None:
        self.name = "child"
