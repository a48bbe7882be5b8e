"""Codes of the predictor's signature, read from source."""

from ..diagnostic import Code
