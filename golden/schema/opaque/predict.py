from typing import Annotated, List

import numpy as np
from cog import BasePredictor, Opaque


class Predictor(BasePredictor):
    def predict(self, array: Annotated[np.ndarray, Opaque], many: List[Annotated[dict, Opaque()]]) -> Annotated[np.ndarray, Opaque]:
        return array
