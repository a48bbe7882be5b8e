"""Reasons as JSON, for tools."""

import json
from collections.abc import Iterable
from typing import Any

from ..backends.plan import weights_data, why_data
from ..ir.plan import Plan
from ..ir.question import answers_of, domain_of, known_answers
from ..ir.space import Cut, Space
from .reasons import REQUIREMENTS, WEIGHTS
from .why_not import WhyNot


def explanation_json(plan: Plan, space: Space, question: str | None) -> str:
    """All decisions with their reasons, candidates and cuts, or one of them; the requirement lines; the weights."""
    asked = {name: _question(plan, space, name) for name, _ in plan.decisions if question in (None, name)}
    lines = [{"line": line.text, "why": why_data(line.why)} for line in plan.requirements]
    wanted = {"requirements": lines} if question in (None, REQUIREMENTS) else {}
    weights = {"weights": [weights_data(each) for each in plan.weights]} if plan.weights else {}
    told = weights if question in (None, WEIGHTS) else {}
    return _json({"version": 1, "decisions": asked, **wanted, **told})


def why_not_json(found: WhyNot) -> str:
    moved = [{"question": name, "from": before or None, "to": after or None} for name, before, after in found.moved]
    data = {"version": 1, "question": found.question, "value": found.value, "verdict": found.verdict}
    return _json({**data, "cuts": _cuts(found.cuts, found.question), "moved": moved, "known": list(found.known)})


def _question(plan: Plan, space: Space, name: str) -> dict[str, Any]:
    decision = plan.decision(name)
    assert decision is not None, "a question of this plan"
    domain = domain_of(space, name)
    return {
        "value": decision.value,
        "why": why_data(decision.why),
        "candidates": list(known_answers(space, name)),
        "cuts": [] if domain is None else _cuts(domain.cuts, name),
    }


def _cuts(found: Iterable[Cut[Any]], question: str) -> list[dict[str, Any]]:
    return [
        {
            "candidate": str(cut.candidate),
            "answers": list(answers_of(cut.candidate, question)),
            "row": {"file": cut.candidate.place.file, "line": cut.candidate.place.line},
            "rule": cut.rule,
            "why": why_data(cut.why),
        }
        for cut in found
    ]


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
