"""Diagnostics as a person, a program or a CI reads them: each renderer takes the same objects, and is pure."""

import importlib
from collections.abc import Callable, Iterable

from ..ir.diagnostic import Diagnostic

DOCUMENTS = ("json", "sarif")  # told once, at the end of a run; the others as things are found

Renderer = Callable[[Iterable[Diagnostic], str], str]


def renderer(name: str) -> Renderer:
    """The function of a format for machines; its second argument is where the project lies.

    Its module is imported when it is used: `cogc compile` waits for none of them.
    """
    found: Renderer = importlib.import_module(f".{name}", __name__).render
    return found
