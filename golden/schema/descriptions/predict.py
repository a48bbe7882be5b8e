from textwrap import dedent

from cog import BasePredictor, Input

SIZES = [256, 512]
HINT = "Try " + "again"


class Predictor(BasePredictor):
    def predict(
        self,
        joined: str = Input(description="One text " "in two pieces"),
        named: str = Input(description=HINT),
        listed: int = Input(description=f"One of {SIZES}", choices=SIZES),
        folded: str = Input(description=dedent("""\
            Several
            lines""")),
        trimmed: str = Input(description=" , ".join(["a", "b"]).strip()),
    ) -> str:
        return joined
