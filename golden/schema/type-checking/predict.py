import sys
from typing import TYPE_CHECKING

from cog import BasePredictor, Input

if sys.version_info >= (3, 8):
    from typing import Literal
else:
    from typing_extensions import Literal

try:
    from collections.abc import Iterator
except ImportError:
    from typing import Iterator

if TYPE_CHECKING:
    import torch


class Predictor(BasePredictor):
    model: "torch.nn.Module"

    def predict(self, size: Literal["s", "m"] = Input(default="s")) -> Iterator[str]:
        yield size
