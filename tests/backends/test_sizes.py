"""Sizes of layers, by what a person calls them."""

import pytest

from cogc.backends.dockerfile import laid_out
from cogc.backends.sizes import human, layer_sizes, sizes_text
from cogc.ir.recipe import Recipe

from .recipes import full, own_base, with_weights


@pytest.mark.parametrize("recipe", [full(), own_base(), with_weights()], ids=["cpu", "own-base", "weights"])
def test_every_byte_of_a_history_is_in_one_sum(recipe: Recipe) -> None:
    entries = sum(len(block.instructions) for block, _ in laid_out(recipe))
    history = (*range(entries, 0, -1), 1000, 2000)
    sizes = dict(layer_sizes(recipe, history))
    assert sizes["base"] == 3000
    assert sizes["source"] == entries, "the newest entry"
    assert sum(sizes.values()) == sum(history)


@pytest.mark.parametrize("history", [(), (1, 2, 3)])
def test_another_history_tells_nothing(history: tuple[int, ...]) -> None:
    assert layer_sizes(full(), history) == ()


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"), (999, "999 B"), (1000, "1 kB"), (4096, "4 kB"), (999_499, "999 kB"), (999_600, "1.0 MB"),
        (1_250_000, "1.2 MB"), (40_000_000, "40 MB"), (12_340_000_000, "12 GB"), (3_000_000_000_000, "3.0 TB"),
    ],
)  # fmt: skip
def test_human(size: int, text: str) -> None:
    assert human(size) == text


def test_text() -> None:
    assert sizes_text((("base", 120_000_000), ("source", 4000))) == "base 120 MB · source 4 kB"
