"""A picture of the Mandelbrot set, computed by torch on a GPU."""

import tempfile

import torch
from PIL import Image

from cog import BasePredictor, Input, Path
from fractal import escape_times, shades


class Predictor(BasePredictor):
    def setup(self) -> None:
        if not torch.cuda.is_available():
            raise RuntimeError("no GPU is visible: start the container with `--gpus all`")
        self.device = torch.device("cuda")

    def predict(
        self,
        real: float = Input(description="Real part of the centre", default=-0.75),
        imaginary: float = Input(description="Imaginary part of the centre", default=0.0),
        span: float = Input(description="Width of the square that is shown", default=2.5, ge=1e-12, le=8.0),
        size: int = Input(description="Width and height in pixels", default=1024, choices=[256, 512, 1024, 2048]),
        limit: int = Input(description="Steps after which a point counts as inside", default=500, ge=1, le=10000),
    ) -> Path:
        times = escape_times(complex(real, imaginary), span, size, limit, self.device)
        output = Path(tempfile.mkdtemp()) / "mandelbrot.png"
        Image.fromarray(shades(times, limit).cpu().numpy()).save(output)
        return output
