"""What each example has to answer over HTTP, on the host and in a container alike."""

import io
import runpy
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from PIL import Image

from .folders import EXAMPLES
from .model import Model, content_of, data_url
from .sentences import NEIGHBOURS, SENTENCES


def hello_world(model: Model) -> None:
    assert model.predict(name="Ada") == "Hello, Ada!"
    assert model.predict() == "Hello, World!"
    assert model.ask(name="A" * 101).status_code == 422


def image_blur(model: Model) -> None:
    file = EXAMPLES / "image-blur" / "checkerboard.png"
    sharp = _pixels(file.read_bytes())
    url = data_url(file.read_bytes(), "image/png")
    blurred = _pixels(content_of(model.predict(image=url, radius=4)))
    assert blurred.shape == sharp.shape
    assert _steepest(blurred) < 0.2 * _steepest(sharp)
    assert abs(blurred.mean() - sharp.mean()) < 2
    np.testing.assert_array_equal(_pixels(content_of(model.predict(image=url, radius=0))), sharp)
    assert model.ask(image=url, radius=-1).status_code == 422


def _pixels(image: bytes) -> Any:
    return np.asarray(Image.open(io.BytesIO(image)).convert("L"), dtype=float)


def _steepest(pixels: Any) -> float:
    """The largest difference between two neighbours in a row."""
    return float(np.abs(np.diff(pixels, axis=1)).max())


def sentence_embeddings(model: Model) -> None:
    output = model.predict(sentences=SENTENCES)
    vectors, similarities = np.array(output["vectors"]), np.array(output["similarities"])
    assert vectors.shape == (len(SENTENCES), 384)
    np.testing.assert_allclose(similarities, vectors @ vectors.T, atol=1e-5)
    np.testing.assert_allclose(similarities.diagonal(), 1, atol=1e-5)
    np.fill_diagonal(similarities, -1)
    assert tuple(similarities.argmax(axis=1)) == NEIGHBOURS
    refused = model.ask(sentences=[]).json()
    assert refused["status"] == "failed"
    assert "pass at least one" in refused["error"]


def text_stream(model: Model) -> None:
    expected = [word + " " for word in _markov_words(count=30, seed=1)]
    assert model.predict(words=30, seed=1) == expected
    events = list(model.stream(words=30, seed=1))
    assert [data["chunk"] for name, data in events if name == "output"] == expected
    assert [data["index"] for name, data in events if name == "output"] == list(range(30))
    assert (events[0][0], events[-1][0]) == ("start", "completed")
    assert model.predict(words=30, seed=2) != expected


def _markov_words(count: int, seed: int) -> list[str]:
    """What the example's own chain says when it is asked here."""
    folder = EXAMPLES / "text-stream"
    chain = runpy.run_path(str(folder / "markov.py"))["Chain"]
    corpus = (folder / "corpus.txt").read_text(encoding="utf-8").split()
    return list(chain.train(corpus).generate(count, seed))


def old_pins(model: Model) -> None:
    lines = (EXAMPLES / "old-pins" / "requirements.txt").read_text().splitlines()
    pins = dict(line.split("==") for line in lines)
    assert model.predict(price=2.5, quantity=4) == {"total": 10.0, **pins}
    refused = model.ask(price=2.5, quantity=1001).json()
    assert refused["status"] == "failed"
    assert "no more than 1000" in refused["error"]
    assert model.predict(price=3, quantity=1)["total"] == 3.0


ANSWERS: Mapping[str, Callable[[Model], None]] = {
    "hello-world": hello_world,
    "image-blur": image_blur,
    "old-pins": old_pins,
    "sentence-embeddings": sentence_embeddings,
    "text-stream": text_stream,
}
