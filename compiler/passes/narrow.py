"""Runs the passes until none of them removes anything more."""

from collections.abc import Callable

from ..ir.space import Domain, Space
from . import PIPELINE

Watch = Callable[[str, Space], None]


class Contradiction(Exception):
    """Nothing is left for a question: `domain` holds all cuts, `rule` is the pass that made the last."""

    def __init__(self, space: Space, domain: Domain[object], rule: str) -> None:
        self.space = space
        self.domain = domain
        self.rule = rule
        super().__init__(domain.question)


def unwatched(rule: str, space: Space) -> None:
    """Looks at nothing."""


def narrow(space: Space, watch: Watch = unwatched) -> Space:
    """The space without what contradicts; `watch` sees it after each pass.

    Raises Contradiction.
    """
    before = None
    while before != _size(space):
        before = _size(space)
        for rule, narrowing in PIPELINE:
            space = narrowing(space)
            watch(rule, space)
            _check(space, rule)
    return space


def _size(space: Space) -> tuple[int, ...]:
    return tuple(len(domain.candidates) for domain in space.domains)


def _check(space: Space, rule: str) -> None:
    for domain in space.domains:
        if not domain.candidates:
            raise Contradiction(space, domain, rule)
