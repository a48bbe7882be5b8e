"""Which files are weights, and what lies in one layer with them."""

import pytest

from cogc.ir.weight import Layers
from cogc.passes.weight_layers import ProjectFile, weights_layers

BIG = 10 * 1024 * 1024


def _layers(*paths: str) -> Layers:
    """A path that ends with `!` is a big file."""
    return weights_layers(ProjectFile(path.rstrip("!"), BIG if path.endswith("!") else BIG - 1) for path in paths)


@pytest.mark.parametrize(
    ("paths", "layers"),
    [
        ((), ()),
        (("models/small.bin", "predict.py"), ()),
        (("models/a.bin!", "models/config.json", "predict.py"), (("models",),)),
        (("models/a.bin!", "models2/code.py"), (("models",),)),  # compared by parts, not by letters
        (("models/a.bin!", "models/load.py"), (("models/a.bin",),)),
        (("models/a.bin!", "models/deep/er/load.ipynb"), (("models/a.bin",),)),
        (("models/a.bin!", "models/b/c.bin!", "models/b/d/e.bin!"), (("models",),)),
        (("models/a.bin!", "models/b/c.bin!", "models/code/x.py"), (("models/b",), ("models/a.bin",))),
        (("a/b/c.bin!", "a/d/e.bin!", "a/code.py"), (("a/b",), ("a/d",))),
        (("root.bin!", "b.bin!", "small"), (("b.bin",), ("root.bin",))),
        (("film.MP4!", "a/pic.png!", "a/sound.flac!", "big.py!", "a.whl!", "train.log!"), ()),
        (("weights!", "a/model.safetensors!"), (("a",), ("weights",))),
        (tuple(f"shard-{number:02}.bin!" for number in range(41)), (tuple(f"shard-{n:02}.bin" for n in range(41)),)),
    ],
)
def test_layers(paths: tuple[str, ...], layers: Layers) -> None:
    assert _layers(*paths) == layers
    assert _layers(*reversed(paths)) == layers, "whatever the order in which files are found"
