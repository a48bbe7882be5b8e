"""A framework is installed from wheels: Python and the framework's release have to suit each other."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from ..ir.rows import Python, TensorFlow, TorchBuild, listing
from ..ir.space import TORCH_FAMILY, Ask, Domain, Space, unique
from ..ir.why import Derived, Why

RULE = "wheels"
R = TypeVar("R", TorchBuild, TensorFlow)


def narrow(space: Space) -> Space:
    if space.torch is not None:
        torch, python = _couple(space, space.torch, TORCH_FAMILY, _torch_pythons)
        space = replace(space, torch=torch, python=python)
    if space.tensorflow is not None:
        tensorflow, python = _couple(space, space.tensorflow, ("tensorflow",), _tensorflow_pythons)
        space = replace(space, tensorflow=tensorflow, python=python)
    return space


def _couple(
    space: Space, domain: Domain[R], family: tuple[str, ...], pythons: Callable[[R, tuple[Ask, ...]], tuple[str, ...]]
) -> tuple[Domain[R], Domain[Python]]:
    """Each release that no Python suits goes, then each Python that no release suits."""

    def suits(row: R, python: str) -> bool:
        asks = space.asked(*family, python=python)
        return python in pythons(row, asks) and all(_accepts(ask, row) and python in ask.installable for ask in asks)

    def refuse(row: R) -> Why | None:
        if space.optional(*family) or any(suits(row, python) for python in space.pythons):
            return None
        return _why_not_row(space, row, pythons(row, space.asked(*family, python=space.pythons[0])), family)

    kept = domain.cut(RULE, refuse)

    def refuse_python(python: Python) -> Why | None:
        unasked = not space.asked(*family, python=python.minor)
        if unasked or not kept.candidates or any(suits(row, python.minor) for row in kept.candidates):
            return None
        found = pythons(kept.candidates[-1], space.asked(*family, python=python.minor))
        return _why_not_python(space, kept, python.minor, found, family)

    return kept, space.python.cut(RULE, refuse_python)


def _accepts(ask: Ask, row: TorchBuild | TensorFlow) -> bool:
    return ask.accepts_build(row) if isinstance(row, TorchBuild) else ask.accepts(row.release)


def _torch_pythons(build: TorchBuild, asks: tuple[Ask, ...]) -> tuple[str, ...]:
    alone = all(ask.name == "torch" for ask in asks)
    return build.python_alone if alone else build.python


def _tensorflow_pythons(row: TensorFlow, asks: tuple[Ask, ...]) -> tuple[str, ...]:
    return row.python


def _why_not_row(space: Space, row: TorchBuild | TensorFlow, pythons: tuple[str, ...], family: tuple[str, ...]) -> Why:
    fact = row.place.fact(f"{family[0]} {row.release} has wheels for Python {listing(pythons)}")
    concerned = space.python.reasons(lambda python: python.minor in pythons)
    causes: tuple[Why, ...] = concerned or space.python.reasons(lambda _: True)
    companions = space.certain(*family[1:]) if isinstance(row, TorchBuild) and row.python != row.python_alone else ()
    return Derived(
        fact.text, unique((fact, *causes, *(ask.why for ask in companions), *_lines_with_wheels(space, family)))
    )


def _why_not_python(
    space: Space, domain: Domain[R], python: str, found: tuple[str, ...], family: tuple[str, ...]
) -> Why:
    example = domain.candidates[-1]
    fact = example.place.fact(f"{family[0]} {example.release} has wheels for Python {listing(found)}")
    concerned = domain.reasons(lambda row: python in row.python)
    causes: tuple[Why, ...] = concerned or tuple(ask.why for ask in space.certain(*family))
    text = f"no {family[0]} that is still possible has wheels for Python {python}"
    return Derived(text, unique((fact, *causes, *_lines_with_wheels(space, family))))


def _lines_with_wheels(space: Space, family: tuple[str, ...]) -> tuple[Why, ...]:
    """The lines that name a wheel, which is made for one Python."""
    return tuple(ask.why for ask in space.certain(*family) if ask.line.requirement.url)
