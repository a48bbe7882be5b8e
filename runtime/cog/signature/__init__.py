"""What a model takes and gives, as plain data.

Four parties share this package: the compiler's source reader and the worker's introspection make a
`Signature`, the server validates inputs by it, and `openapi` renders it. It imports nothing but the
standard library and nothing else of `cog`, so that the compiler can load it by its path.
"""

from .model import Field, Parameter, Signature, Type

__all__ = ["Field", "Parameter", "Signature", "Type"]
