"""The version of the runtime, written once."""

__version__ = "0.1.0"
