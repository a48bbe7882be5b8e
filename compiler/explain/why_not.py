"""Why a question was not answered otherwise: what speaks against it, or how to get it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ..ir.plan import Plan
from ..ir.question import cuts_of, known_answers
from ..ir.space import Cut, Space
from .tree import answer_to, cuts

Verdict = Literal["chosen", "unknown", "possible", "impossible"]

_KEYS = {"python": "build.python_version", "cuda": "build.cuda", "cudnn": "build.cudnn"}


@dataclass(frozen=True, slots=True)
class WhyNot:
    """`cuts` are what removed the value, without those of mere preference; `moved` what would change with it:
    question, what it is now, what it would be, blank for no answer."""

    question: str
    value: str
    verdict: Verdict
    cuts: tuple[Cut[Any], ...] = ()
    moved: tuple[tuple[str, str, str], ...] = ()
    known: tuple[str, ...] = ()


def not_chosen(space: Space, question: str, value: str, other: Plan, plan: Plan) -> WhyNot:
    """For a value that another plan has."""
    return WhyNot(question, value, "possible", _objections(space, question, value), tuple(_moved(plan, other)))


def not_possible(space: Space, question: str, value: str, last: tuple[Cut[Any], ...]) -> WhyNot:
    """`last` are the cuts that left nothing when it was tried; they count where nothing removed it before."""
    return WhyNot(question, value, "impossible", _objections(space, question, value) or last)


def without_search(space: Space, plan: Plan, question: str, value: str) -> WhyNot | None:
    """For a value that is chosen, or that no row has; None where it has to be tried."""
    decision = plan.decision(question)
    known = known_answers(space, question)
    if decision is not None and decision.value == value:
        return WhyNot(question, value, "chosen")
    if value not in known and not cuts_of(space, question, value):
        return WhyNot(question, value, "unknown", known=known)
    return None


def explain_why_not(found: WhyNot) -> str:
    return "".join(f"{line}\n" for line in _lines(found))


def _lines(found: WhyNot) -> Iterator[str]:
    subject = f"{found.question} {found.value}"
    match found.verdict:
        case "chosen":
            yield f"{subject} is what was chosen"
        case "unknown":
            has = f"is not in the database, which has: {', '.join(found.known)}"
            yield f"{subject} {has if found.known else 'is no choice here: the answer follows from others'}"
        case "impossible":
            yield f"{subject} is not possible here:"
        case "possible":
            yield f"{subject} is possible, but something else is preferred; to get it, {_way(found)}"
            yield from (f"  {name}: {before or 'none'} -> {after or 'none'}" for name, before, after in found.moved)
    yield from cuts(found.cuts, answer_to(found.question), 1)


def _way(found: WhyNot) -> str:
    if found.question in _KEYS:
        return f'set `{_KEYS[found.question]}` to "{found.value}"'
    if found.question == "base_image":
        return "set `build.cuda` and `build.cudnn`"
    return f"ask for {found.question}=={found.value}"


def _objections(space: Space, question: str, value: str) -> tuple[Cut[Any], ...]:
    return tuple(cut for cut in cuts_of(space, question, value) if cut.rule != "preference")


def _moved(plan: Plan, other: Plan) -> Iterator[tuple[str, str, str]]:
    before = {name: decision.value for name, decision in plan.decisions}
    after = {name: decision.value for name, decision in other.decisions}
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield name, before.get(name, ""), after.get(name, "")
