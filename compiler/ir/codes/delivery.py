"""Codes of writing artifacts, running an engine, serving on the host."""

from ..diagnostic import Code
