"""Codes of picking versions that go together."""

from ..diagnostic import Code
