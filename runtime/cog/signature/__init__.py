"""What a model takes and gives, as plain data.

Four parties share this package: the compiler's source reader and the worker's introspection make a
`Signature`, the server validates inputs by it, and `render` makes the OpenAPI document of it. It imports
nothing but the standard library and nothing else of `cog`, so that the compiler can load it by its path.
"""

from .model import Field, Parameter, Signature, Type
from .openapi import render

__all__ = ["Field", "Parameter", "Signature", "Type", "render"]
