"""Plan and Space -> text: why each decision is what it is, and what else was thought of."""

from collections.abc import Iterator
from typing import Any

from ..ir.plan import Plan
from ..ir.question import answers_of, domain_of
from ..ir.space import Domain, Space
from .tree import answer_to, cuts, tree

REQUIREMENTS = "requirements"
WEIGHTS = "weights"
# Questions that no project without `gpu: true` has.
OF_GPU = ("cuda", "cudnn")


def explain_plan(plan: Plan) -> str:
    """The reasons of all decisions, and of the requirement lines."""
    found = (line for question, _ in plan.decisions for line in _decision(plan, question))
    return _text((*found, *_requirements(plan), *_weights(plan)))


def explain_question(plan: Plan, space: Space, question: str) -> str:
    """The reason of one decision, with everything that was cut; or of the requirement lines, or the weights."""
    if question in (REQUIREMENTS, WEIGHTS):
        return _text(_requirements(plan) if question == REQUIREMENTS else _weights(plan))
    decision, domain = plan.decision(question), domain_of(space, question)
    chosen = "" if decision is None else decision.value
    removed = (
        () if domain is None else (cut for cut in domain.cuts if chosen not in answers_of(cut.candidate, question))
    )
    return _text((*_decision(plan, question), *cuts(removed, answer_to(question), 1)))


def explain_space(space: Space) -> str:
    """What is still possible for each question, and what was cut, by its reason."""
    return _text(line for domain in space.domains for line in _domain(domain))


def questions(plan: Plan) -> tuple[str, ...]:
    """What can be asked of a project."""
    return (*(question for question, _ in plan.decisions), REQUIREMENTS, *((WEIGHTS,) if plan.spec.weights else ()))


def _text(lines: Iterator[str] | tuple[str, ...]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _domain(domain: Domain[Any]) -> Iterator[str]:
    yield f"{domain.question}: {', '.join(map(str, domain.candidates)) or 'nothing'}"
    yield from cuts(domain.cuts, str, 1)


def _decision(plan: Plan, question: str) -> Iterator[str]:
    decision = plan.decision(question)
    assert decision is not None, "a question of this plan"
    yield f"{question}: {decision.value}"
    yield from tree(decision.why, 1)


def _requirements(plan: Plan) -> Iterator[str]:
    if not plan.requirements:
        return
    yield f"{REQUIREMENTS}:"
    for line in plan.requirements:
        yield f"  {line.text}"
        yield from tree(line.why, 2)


def _weights(plan: Plan) -> Iterator[str]:
    planned = {each.name: each for each in plan.weights}
    if plan.spec.weights:
        yield f"{WEIGHTS}:"
    for weight in plan.spec.weights:
        found = planned.get(weight.name)
        yield f"  {weight.name} at {weight.target}: {'not imported' if found is None else found.digest.value}"
        if found is not None:
            yield from tree(found.digest.why, 2)
