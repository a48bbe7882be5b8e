"""One vector for each sentence: the mean of its tokens' vectors, of length 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from bert import Encoder, Mask
from checkpoint import load_encoder
from layers import Array

LONGEST = 256  # tokens that the model was trained to read; what comes after them is cut off
BATCH = 32  # sentences encoded at once, which bounds the memory that a request takes


@dataclass(frozen=True, slots=True)
class SentenceEncoder:
    tokenizer: Tokenizer
    encoder: Encoder

    @classmethod
    def load(cls, folder: Path) -> SentenceEncoder:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.enable_truncation(LONGEST)
        tokenizer.enable_padding()
        return cls(tokenizer, load_encoder(folder))

    def __call__(self, sentences: Sequence[str]) -> Array:
        """n sentences, at least one -> (n, width)"""
        batches = (sentences[start : start + BATCH] for start in range(0, len(sentences), BATCH))
        return np.concatenate([self._encode(batch) for batch in batches])

    def _encode(self, sentences: Sequence[str]) -> Array:
        encodings = self.tokenizer.encode_batch(list(sentences))
        ids = np.array([encoding.ids for encoding in encodings])
        mask = np.array([encoding.attention_mask for encoding in encodings], dtype=bool)
        return normalised(mean_pooled(self.encoder(ids, mask), mask))


def mean_pooled(x: Array, mask: Mask) -> Array:
    """x (batch, tokens, width), mask (batch, tokens) -> (batch, width), padding left out"""
    kept = mask[:, :, None]
    total: Array = x.sum(axis=1, where=kept)
    count: Array = kept.sum(axis=1, dtype=np.float32)
    return total / count


def normalised(x: Array) -> Array:
    """(n, width) -> (n, width), each row of length 1"""
    lengths: Array = np.linalg.norm(x, axis=-1, keepdims=True)
    return x / lengths
