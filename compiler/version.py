"""The version of the compiler; the runtime of the same release carries the same number."""

__version__ = "0.1.0"
