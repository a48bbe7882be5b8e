"""Plan and Space -> text: the why of decisions and cuts, as a tree of reasons with their places."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from .ir.plan import Plan
from .ir.space import Domain, Space
from .ir.why import Default, Derived, Fact, Why, Written

REQUIREMENTS = "requirements"


def explain(plan: Plan, field: str | None = None) -> str:
    """The reasons for one decision, for the requirement lines (`requirements`), or for everything.

    A field that the plan does not decide is told as such, with those that it does.
    """
    known = [question for question, _ in plan.decisions]
    if field not in (None, REQUIREMENTS, *known):
        return f"{field} is no question of this project; it has: {', '.join((*known, REQUIREMENTS))}\n"
    return "".join(f"{line}\n" for line in _lines(plan, field))


def explain_space(space: Space) -> str:
    """What is still possible for each question, and what was cut, by its reason."""
    return "".join(f"{line}\n" for domain in space.domains for line in _domain(domain))


def _domain(domain: Domain[Any]) -> Iterator[str]:
    yield f"{domain.question}: {', '.join(map(str, domain.candidates)) or 'nothing'}"
    for (rule, why), cuts in groupby(domain.cuts, key=lambda cut: (cut.rule, cut.why)):
        yield f"  without {', '.join(str(cut.candidate) for cut in cuts)} ({rule})"
        yield from _tree(why, 2)


def _lines(plan: Plan, field: str | None) -> Iterator[str]:
    for question, decision in plan.decisions:
        if field in (None, question):
            yield f"{question}: {decision.value}"
            yield from _tree(decision.why, 1)
    if field in (None, REQUIREMENTS) and plan.requirements:
        yield f"{REQUIREMENTS}:"
        for line in plan.requirements:
            yield f"  {line.text}"
            yield from _tree(line.why, 2)


def _tree(why: Why, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}- {_sentence(why)}"
    if isinstance(why, Derived):
        for premise in why.premises:
            yield from _tree(premise, depth + 1)


def _sentence(why: Why) -> str:
    match why:
        case Written(span, text):
            return f"{text or 'as it is written'} ({span})"
        case Default(rule):
            return f"{rule} (default)"
        case Fact(file, line, text):
            return f"{text} ({file}:{line})"
        case Derived(text, _):
            return text
