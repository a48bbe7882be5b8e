from cog.predictor import BasePredictor  # the base class
from cog import ExperimentalFeatureWarning
from cog import BaseModel, Path
from cog.types import Input


class Output(BaseModel):
    text: str


class Predictor(BasePredictor):
    def predict(self, image: Path, text: str = Input(default="é")) -> Output:
        return Output(text=text)
