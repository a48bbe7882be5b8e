"""Weights in layers of their own, on a real engine."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from .projects import cogc, in_image, inspect, project, removed

pytestmark = pytest.mark.engine

MEGABYTES = 11 * 1024 * 1024


@pytest.fixture
def image(request: pytest.FixtureRequest) -> Iterator[str]:
    with removed(f"cogc-tests/{request.node.name.replace('_', '-')}") as image:
        yield image


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """`models/` is weights alone; `models2/` has code beside them."""
    root = project(tmp_path / "model", {"build": {"python_version": "3.12", "python_packages": ["six==1.16.0"]}})
    for folder in ("models", "models2"):
        (root / folder).mkdir()
        _write(root / folder / "w.bin")
    (root / "models" / "config.json").write_text("{}")
    (root / "models2" / "code.py").write_text("")
    (root / ".dockerignore").write_text("ignored\n")
    return root


def _write(place: Path) -> str:
    """Weights that no build has seen, of one size and one time; gives how they begin."""
    mark = uuid.uuid4().hex
    place.write_bytes(mark.encode() + b"\0" * (MEGABYTES - len(mark)))
    os.utime(place, (1_000_000, 1_000_000))
    return mark


def _build(model: Path, image: str) -> tuple[str, list[str]]:
    """What the build said, and the image's layers but that of the source."""
    said = cogc(model, "build", "--separate-weights", "-t", image).stderr
    layers: list[str] = inspect(image, ".RootFS.Layers")
    return said, layers[:-1]


def _marks(image: str) -> list[str]:
    return in_image(image, "for folder in models models2; do head -c 32 /src/$folder/w.bin; echo; done").split()


def test_an_edit_of_the_source_leaves_the_weights_alone(model: Path, image: str) -> None:
    marks = [(model / folder / "w.bin").read_bytes()[:32].decode() for folder in ("models", "models2")]
    _, before = _build(model, image)
    (model / "models2" / "code.py").write_text("x = 1\n")
    said, after = _build(model, image)
    assert after == before
    assert "Source" in said
    assert "Weights" not in said
    assert _marks(image) == marks
    assert in_image(image, "cd /src && find . -type f | sort").split() == [
        *("./.dockerignore", "./cog.yaml", "./models/config.json", "./models/w.bin"),
        *("./models2/code.py", "./models2/w.bin", "./predict.py"),
    ]
    assert (model / ".dockerignore").read_text() == "ignored\n"
    assert cogc(model, "predict", image, "-i", "name=Ada").stdout == "Hello, Ada!\n"


def test_other_weights_of_the_same_size_and_time_are_not_missed(model: Path, image: str) -> None:
    _build(model, image)
    first = _write(model / "models" / "w.bin")
    said, _ = _build(model, image)
    assert _marks(image)[0] == first
    assert "Python packages" not in said
    (model / "new").write_bytes(b"")
    second = _write(model / "new")
    (model / "new").replace(model / "models" / "w.bin")
    _build(model, image)
    assert _marks(image)[0] == second


def test_a_requirement_does_not_make_other_layers_of_weights(model: Path, image: str) -> None:
    _, before = _build(model, image)
    text = (model / "cog.yaml").read_text().replace("six==1.16.0", "six==1.17.0")
    (model / "cog.yaml").write_text(text)
    _, after = _build(model, image)
    assert len(set(before) & set(after)) == len(before) - 1, "all but that of the Python packages"
