"""The predictors of the Prediction API document that write `list[…]`: from Python 3.9 on."""

from cog import BasePredictor, Path


class Files(BasePredictor):
    def predict(self) -> list[Path]:
        output = []
        for i, prediction in enumerate(["foo", "bar", "baz"]):
            out_path = Path(f"/tmp/out-{i}.txt")
            with out_path.open("w") as f:
                f.write(prediction)
            output.append(out_path)
        return output


class Contents(BasePredictor):
    def predict(self, paths: list[Path]) -> str:
        output_parts = []
        for path in paths:
            with open(path) as f:  # noqa: PTH123 - as documented
                output_parts.append(f.read())
        return "".join(output_parts)
