from cog import BasePredictor, Input

SIZES = [256, 512, 1024]
MODELS = {"small": "weights/small.bin", "large": "weights/large.bin"}
EXTRA = ("tiny", "huge")


class Predictor(BasePredictor):
    def predict(
        self,
        scheduler: str = Input(choices=["DDIM", "K_EULER"], default="DDIM", description="A scheduler"),
        size: int = Input(choices=SIZES, default=SIZES[1]),
        model: str = Input(choices=list(MODELS.keys()), default="small"),
        file: str = Input(choices=list(MODELS.values()), default=MODELS["large"]),
        either: str = Input(choices=list(MODELS) + list(EXTRA) + ["other"]),
        spread: str = Input(choices=[*EXTRA, "other"]),
        any_order: str = Input(choices={"b", "a"}),
        row: int = Input(choices=list(range(1, 5)), default=1),
        several: str = Input(choices=sorted(MODELS), default="large"),
    ) -> str:
        return scheduler
