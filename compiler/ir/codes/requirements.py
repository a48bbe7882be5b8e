"""Codes of requirement lines."""

from ..diagnostic import Code
