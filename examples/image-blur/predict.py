"""A file in, a file out: blurs a picture with Pillow."""

import tempfile

from PIL import Image, ImageFilter, ImageOps

from cog import BasePredictor, Input, Path


class Predictor(BasePredictor):
    def predict(
        self,
        image: Path = Input(description="Picture to blur, in any format that Pillow reads"),
        radius: float = Input(description="Standard deviation of the blur in pixels", default=4.0, ge=0.0, le=100.0),
    ) -> Path:
        with Image.open(image) as picture:
            upright = ImageOps.exif_transpose(picture).convert("RGB")
        output = Path(tempfile.mkdtemp()) / "blurred.png"
        upright.filter(ImageFilter.GaussianBlur(radius)).save(output)
        return output
