"""The layers that a transformer is made of, on float32 arrays."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Dense:
    """`weight` is (out, in), as torch stores it; `bias` is (out)."""

    weight: Array
    bias: Array

    def __call__(self, x: Array) -> Array:
        """(..., in) -> (..., out)"""
        return x @ self.weight.T + self.bias


@dataclass(frozen=True, slots=True)
class LayerNorm:
    """`weight` and `bias` are (width)."""

    weight: Array
    bias: Array
    epsilon: float

    def __call__(self, x: Array) -> Array:
        """(..., width) -> (..., width), of mean 0 and variance 1 along the width before it is scaled and shifted"""
        centred: Array = x - x.mean(axis=-1, keepdims=True)
        variance: Array = np.square(centred).mean(axis=-1, keepdims=True)
        standardised: Array = centred / np.sqrt(variance + self.epsilon)
        return standardised * self.weight + self.bias


def gelu(x: Array) -> Array:
    """x times the normal distribution's share below x: BERT's own form, not the tanh approximation"""
    return x / 2.0 * (1.0 + erf(x / math.sqrt(2.0)))


def erf(x: Array) -> Array:
    """The error function to 5e-7: Abramowitz and Stegun, Handbook of Mathematical Functions, formula 7.1.26"""
    t = 1.0 / (1.0 + 0.3275911 * np.abs(x))
    polynomial = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return np.sign(x) * (1.0 - polynomial * np.exp(-np.square(x)))


def softmax(scores: Array) -> Array:
    """(..., n) -> (..., n), each row positive and of sum 1"""
    powers: Array = np.exp(scores - scores.max(axis=-1, keepdims=True))
    total: Array = powers.sum(axis=-1, keepdims=True)
    return powers / total
