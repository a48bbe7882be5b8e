"""The signature of a predictor, read statically from Python source."""

from .read import read_signature

__all__ = ["read_signature"]
