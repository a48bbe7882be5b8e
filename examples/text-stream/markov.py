"""A second-order Markov chain over words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Chain:
    """`followers[a, b]` holds each word that came after `a b`, as often as it came; `openings` start sentences."""

    openings: tuple[Pair, ...]
    followers: Mapping[Pair, tuple[str, ...]]

    @classmethod
    def train(cls, words: Sequence[str]) -> Chain:
        followers = defaultdict(list)
        for first, second, third in zip(words, words[1:], words[2:], strict=False):
            followers[first, second].append(third)
        openings = tuple(pair for pair in followers if pair[0][0].isupper())
        return cls(openings, {pair: tuple(options) for pair, options in followers.items()})

    def generate(self, count: int, seed: int) -> Iterator[str]:
        """At most `count` words; fewer where the text that it was trained on ends."""
        return islice(self._walk(Random(seed)), count)

    def _walk(self, random: Random) -> Iterator[str]:
        pair = random.choice(self.openings)
        yield from pair
        while options := self.followers.get(pair):
            pair = (pair[1], random.choice(options))
            yield pair[1]
