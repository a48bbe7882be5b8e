"""The labels of an image: what it was made from, readable without starting it."""

import hashlib
import json
from typing import Any

from ..ir.openapi import openapi
from ..ir.plan import Plan
from ..ir.spec import Command, EntryPoint
from ..version import __version__


def labels(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Pairs in a fixed order; `run.cog.*` are the names that the documented tool reads."""
    weights = [{"name": each.name, "target": each.target, "setDigest": each.digest.value} for each in plan.weights]
    return (
        ("org.opencontainers.image.base.name", plan.base_image.value),
        ("run.cog.config", _json(config(plan))),
        ("run.cog.has_init", "true"),
        ("run.cog.openapi_schema", _json(openapi(plan.spec))),
        ("run.cog.plan", plan_digest(plan)),
        ("run.cog.version", __version__),
        *((("run.cog.weights", _json(weights)),) if weights else ()),
    )


def plan_digest(plan: Plan) -> str:
    """SHA-256 over all that was decided: two plans with one digest make the same environment."""
    decided = [(name, decision.value) for name, decision in plan.decisions]
    lines = [line.text for line in plan.requirements]
    spec = plan.spec
    stated = [
        [package.value for package in spec.system_packages],
        [_command(command) for command in spec.pre_install],
        [_command(command) for command in spec.run],
        [(variable.name, variable.value) for variable in spec.environment],
        [line.text for line in spec.constraints],
        spec.user and spec.user.value,
        *([each.name, each.target, each.digest.value] for each in plan.weights),
    ]
    return "sha256:" + hashlib.sha256(_json([__version__, decided, lines, stated]).encode()).hexdigest()


def config(plan: Plan) -> dict[str, Any]:
    """cog.yaml, completed with what was decided."""
    spec = plan.spec
    stated = {
        "build": _stated(_build(plan)),
        "image": spec.image and spec.image.value,
        "model": spec.model and spec.model.value,
        "predict": _reference(spec.predict),
        "train": _reference(spec.train),
        "concurrency": spec.concurrency and {"max": spec.concurrency.value},
        "environment": [f"{variable.name}={variable.value}" for variable in spec.environment],
        "weights": [{"name": each.name, "target": each.target} for each in spec.weights],
    }
    return _stated(stated)


def _build(plan: Plan) -> dict[str, Any]:
    spec = plan.spec
    answers = {name: decision.value for name, decision in plan.answers}
    packages = [line.text for line in spec.requirements]
    return {
        "gpu": spec.uses_gpu,
        "python_version": plan.python.value,
        "cuda": answers.get("cuda"),
        "cudnn": answers.get("cudnn"),
        "python_requirements": spec.requirements_file and spec.requirements_file.value,
        "python_packages": packages if spec.requirements_file is None else None,
        "system_packages": [package.value for package in spec.system_packages],
        "base_image": spec.base_image and spec.base_image.value,
        "user": spec.user and spec.user.value,
        "pre_install": [_command(command) for command in spec.pre_install],
        "run": [_command(command) for command in spec.run],
    }


def _command(command: Command) -> Any:
    secrets = [{"type": "secret", "id": mount.id, "target": mount.target} for mount in command.mounts]
    caches = [{"type": "cache", "target": mount.target} for mount in command.caches]
    more = _stated({"mounts": [*secrets, *caches], "copy": [path.value for path in command.copy]})
    return {"command": command.text, **more} if more else command.text


def _reference(entry: EntryPoint | None) -> str | None:
    return None if entry is None else str(entry.reference)


def _stated(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, [], {})}


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
