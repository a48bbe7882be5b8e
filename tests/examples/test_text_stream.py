"""The Markov chain of the streaming example."""

from itertools import pairwise
from typing import Any

import pytest

from .conftest import Load
from .folders import EXAMPLES

WORDS = (EXAMPLES / "text-stream" / "corpus.txt").read_text(encoding="utf-8").split()


@pytest.fixture
def chain(load: Load) -> Any:
    return load("text-stream", "markov").Chain.train(WORDS)


def test_a_seed_gives_one_text(chain: Any) -> None:
    texts = {seed: tuple(chain.generate(30, seed)) for seed in range(10)}
    assert texts == {seed: tuple(chain.generate(30, seed)) for seed in range(10)}
    assert len(set(texts.values())) > 1


@pytest.mark.parametrize("count", [1, 2, 3, 25])
def test_the_count_is_kept(chain: Any, count: int) -> None:
    assert all(len(tuple(chain.generate(count, seed))) <= count for seed in range(20))
    assert any(len(tuple(chain.generate(count, seed))) == count for seed in range(20))


def test_each_step_occurs_in_the_corpus(chain: Any) -> None:
    triples = set(zip(WORDS, WORDS[1:], WORDS[2:], strict=False))
    text = list(chain.generate(100, 1))
    assert set(zip(text, text[1:], text[2:], strict=False)) <= triples
    assert set(pairwise(text)) <= set(pairwise(WORDS))


def test_a_text_ends_where_the_corpus_ends(chain: Any) -> None:
    endings = {tuple(chain.generate(10_000, seed))[-2:] for seed in range(5)}
    assert endings == {tuple(WORDS[-2:])}
