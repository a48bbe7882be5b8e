"""Text that arrives word by word: a Markov chain, trained when the container starts."""

from pathlib import Path

from cog import BaseRunner, ConcatenateIterator, Input, streaming
from markov import Chain

CORPUS = Path(__file__).with_name("corpus.txt")


class Runner(BaseRunner):
    def setup(self) -> None:
        self.chain = Chain.train(CORPUS.read_text(encoding="utf-8").split())

    @streaming
    def run(
        self,
        words: int = Input(description="Number of words at most", default=40, ge=1, le=1000),
        seed: int = Input(description="The same seed gives the same text", default=0),
    ) -> ConcatenateIterator[str]:
        for word in self.chain.generate(words, seed):
            yield word + " "
