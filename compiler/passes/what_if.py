"""What if a question had another answer: everything else is solved again around it."""

from dataclasses import dataclass, fields, replace
from typing import Any

from ..compat import Compat
from ..ir.plan import Plan
from ..ir.question import answers_of, domain_of
from ..ir.space import Cut, Domain
from ..ir.spec import Spec
from ..ir.why import Default, Why
from .choose import choose
from .narrow import Contradiction
from .opening import opening
from .resolve import plan

RULE = "what-if"


@dataclass(frozen=True, slots=True)
class Possible:
    plan: Plan


@dataclass(frozen=True, slots=True)
class Impossible:
    """`cuts` are those of the rule that left nothing."""

    cuts: tuple[Cut[Any], ...]


def what_if(spec: Spec, compat: Compat, question: str, value: str) -> Possible | Impossible:
    """The plan in which `question`, one that arises, is answered with `value`, if there is any."""
    space = opening(spec, compat)
    domain = domain_of(space, question)
    assert domain is not None, "the question arises"
    (name,) = (field.name for field in fields(space) if getattr(space, field.name) is domain)
    changed: Any = {name: _only(domain, question, value)}
    try:
        return Possible(plan(choose(replace(space, **changed))))
    except Contradiction as found:
        return Impossible(tuple(cut for cut in found.domain.cuts if cut.rule == found.rule))


def _only(domain: Domain[Any], question: str, value: str) -> Domain[Any]:
    why: Why = Default(f"{question} is taken to be {value}")
    return domain.cut(RULE, lambda candidate: None if value in answers_of(candidate, question) else why)
