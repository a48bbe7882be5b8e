from enum import Enum, IntEnum

from cog import BasePredictor, Input


class Mode(Enum):
    FAST = "fast"
    GOOD = "good"

    @property
    def steps(self) -> int:
        return 4 if self is Mode.FAST else 50


class Level(IntEnum):
    LOW = 1
    HIGH = 2


class Colour(str, Enum):
    RED = "red"
    BLUE = "blue"


class Predictor(BasePredictor):
    def predict(
        self,
        mode: Mode = Mode.FAST,
        level: Level = Input(default=Level.HIGH),
        colour: Colour = Input(description="Of the frame"),
        name: str = Input(default=Colour.RED.value),
    ) -> Mode:
        return mode
