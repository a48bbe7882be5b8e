"""BERT's encoder (Devlin et al., 2018): from token ids to one vector for each token."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layers import Array, Dense, LayerNorm, gelu, softmax

Ids = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Embeddings:
    """`words` is (vocabulary, width), `positions` (longest, width); `segment` (width) stands for "first sentence"."""

    words: Array
    positions: Array
    segment: Array
    norm: LayerNorm

    def __call__(self, ids: Ids) -> Array:
        """(batch, tokens) -> (batch, tokens, width)"""
        tokens = ids.shape[1]
        return self.norm(self.words[ids] + self.positions[:tokens] + self.segment)


@dataclass(frozen=True, slots=True)
class SelfAttention:
    heads: int
    query: Dense
    key: Dense
    value: Dense

    def __call__(self, x: Array, mask: Mask) -> Array:
        """x (batch, tokens, width), mask (batch, tokens) -> (batch, tokens, width)"""
        query, key, value = (self._split(dense(x)) for dense in (self.query, self.key, self.value))
        depth = query.shape[-1]
        scores = query @ key.swapaxes(-1, -2) / np.float32(np.sqrt(depth))
        visible = np.where(mask[:, None, None, :], scores, np.finfo(np.float32).min)
        return _join(softmax(visible) @ value)

    def _split(self, x: Array) -> Array:
        """(batch, tokens, width) -> (batch, heads, tokens, depth)"""
        batch, tokens, width = x.shape
        return x.reshape(batch, tokens, self.heads, width // self.heads).swapaxes(1, 2)


def _join(x: Array) -> Array:
    """(batch, heads, tokens, depth) -> (batch, tokens, width)"""
    batch, heads, tokens, depth = x.shape
    return x.swapaxes(1, 2).reshape(batch, tokens, heads * depth)


@dataclass(frozen=True, slots=True)
class Layer:
    """Attention between tokens, then two dense layers on each token alone; each half adds to its input."""

    attention: SelfAttention
    merge: Dense
    merge_norm: LayerNorm
    widen: Dense
    narrow: Dense
    norm: LayerNorm

    def __call__(self, x: Array, mask: Mask) -> Array:
        """x (batch, tokens, width), mask (batch, tokens) -> (batch, tokens, width)"""
        attended = self.merge_norm(x + self.merge(self.attention(x, mask)))
        return self.norm(attended + self.narrow(gelu(self.widen(attended))))


@dataclass(frozen=True, slots=True)
class Encoder:
    embeddings: Embeddings
    layers: tuple[Layer, ...]

    def __call__(self, ids: Ids, mask: Mask) -> Array:
        """ids and mask (batch, tokens), the mask false on padding -> (batch, tokens, width)"""
        hidden = self.embeddings(ids)
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return hidden
