"""Plan -> JSON: every decision with its reason, and the requirement lines, by `schemas/plan.schema.json`."""

import json
from typing import Any

from ..ir.plan import Plan, PlannedWeights
from ..ir.why import Default, Derived, Fact, Why, Written


def plan_json(plan: Plan) -> str:
    decisions = {
        question: {"value": decision.value, "why": why_data(decision.why)} for question, decision in plan.decisions
    }
    lines = [line.text for line in plan.requirements]
    weights = {"weights": [weights_data(each) for each in plan.weights]} if plan.weights else {}
    return json.dumps({"version": 1, "decisions": decisions, "requirements": lines, **weights}, indent=2) + "\n"


def weights_data(weights: PlannedWeights) -> dict[str, Any]:
    digest = {"value": weights.digest.value, "why": why_data(weights.digest.why)}
    return {"name": weights.name, "target": weights.target, "setDigest": digest}


def why_data(why: Why) -> dict[str, Any]:
    """A reason as plain data; `kind` tells which of the four it is."""
    match why:
        case Written(span, text):
            place = {"file": span.source.name, "line": span.line, "column": span.column}
            return {"kind": "written", **place, "text": text}
        case Default(rule):
            return {"kind": "default", "rule": rule}
        case Fact(file, line, text):
            return {"kind": "fact", "file": file, "line": line, "text": text}
        case Derived(text, premises):
            return {"kind": "derived", "text": text, "premises": [why_data(premise) for premise in premises]}
