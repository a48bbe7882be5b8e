from cog import Input, Path


def predict(image: Path, scale: float = Input(default=1.5, ge=1)) -> Path:
    return image
