"""Recipe -> JSON, by schemas/recipe.schema.json."""

import json
import re
from dataclasses import fields
from typing import Any

from ..ir.reads import CacheFolder, Network, OwnFile, ProjectFiles, ProjectPath, Read, SecretFile
from ..ir.recipe import Recipe, Step
from ..ir.weight import MountedWeights


def recipe_json(recipe: Recipe) -> str:
    steps = [step_data(step) for step in recipe.steps]
    data = {"version": 1, "base": recipe.base, "python": recipe.python, "steps": steps}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def step_data(step: Step) -> dict[str, Any]:
    """Its kind, its fields and what it reads, as JSON has them."""
    values = {field.name: _value(getattr(step, field.name)) for field in fields(step)}
    return {"step": _kebab(type(step).__name__), **values, "reads": [_read(read) for read in step.reads]}


def _value(value: Any) -> Any:
    match value:
        case SecretFile():
            return {"id": value.id, "target": value.target}
        case CacheFolder():
            return value.target
        case MountedWeights():
            return {"name": value.name, "target": value.target, "setDigest": value.digest}
        case ((str(), str()), *_):
            return dict(value)
        case tuple():
            return [_value(item) for item in value]
    return value


def _read(read: Read) -> dict[str, str]:
    match read:
        case OwnFile():
            return {"file": read.name}
        case SecretFile():
            return {"secret": read.id}
        case CacheFolder():
            return {"cache": read.target}
        case ProjectPath():
            return {"project": read.path}
        case Network():
            return {"network": read.service}
        case ProjectFiles():
            return {"project": "."}


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
