import cog.files
import numpy
from cog.predictor import BasePredictor
from cog import (
    ExperimentalFeatureWarning,  # older
    Inputs,
    Path,
)
from cog import __version__
from cog.server.exceptions import CancelationException

try:
    from cog import something_new
except ImportError:
    something_new = None


def help() -> None:
    from cog.json import upload_files


class Predictor(BasePredictor):
    def predict(self, image: Path) -> str:
        return ""
