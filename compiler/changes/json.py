"""Comparison -> JSON, for CI."""

import json
from dataclasses import asdict
from typing import Any

from ..backends.plan import weights_data, why_data
from ..ir.plan import Decision
from .compare import Comparison, WeightsMoved


def comparison_json(found: Comparison) -> str:
    """`breaking` is what the exit code says."""
    moved = [{"question": one.question, "from": _side(one.before), "to": _side(one.after)} for one in found.moved]
    data = {
        "version": 1,
        "breaking": found.is_breaking,
        "api": [asdict(change) for change in found.api],
        "decisions": moved,
        "requirements": {"removed": list(found.removed), "added": list(found.added)},
        "weights": [_weights(one) for one in found.weights],
        "files": [{"path": path, "change": what} for what, path in found.files],
        "steps": asdict(found.steps),
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _weights(moved: WeightsMoved) -> dict[str, Any]:
    before, after = (None if one is None else weights_data(one) for one in (moved.before, moved.after))
    return {"name": moved.name, "from": before, "to": after}


def _side(decision: Decision[str] | None) -> dict[str, Any] | None:
    return None if decision is None else {"value": decision.value, "why": why_data(decision.why)}
