"""Projects in memory for the tests of the passes, read by the real front end."""

import json

from cogc.compat import Compat
from cogc.frontend.files import MemoryFiles
from cogc.frontend.load import load
from cogc.ir.diagnostic import Diagnostic
from cogc.ir.plan import Plan
from cogc.ir.spec import Spec
from cogc.passes.resolve import resolve

COMPAT = Compat.bundled()
ASYNC_PREDICTOR = (
    "from cog import BasePredictor\nclass P(BasePredictor):\n    async def predict(self) -> str:\n        pass\n"
)


def spec_of(lines: str, options: str) -> Spec:
    """A spec from requirement lines, parted by ` | `, and keys of `build`.

    These are written `gpu cuda=12.4 gpu_architectures=8.0,9.0`.
    """
    build: dict[str, object] = dict(option.partition("=")[::2] for option in options.split())
    concurrency = int(str(build.pop("concurrency", "1")))
    if "gpu_architectures" in build:
        build["gpu_architectures"] = str(build["gpu_architectures"]).split(",")
    config = {
        "build": {**build, **({"gpu": True} if "gpu" in build else {}), "python_requirements": "requirements.txt"},
        "predict": "predict.py:P",
        "concurrency": {"max": concurrency},
    }
    texts = {
        "cog.yaml": json.dumps(config),
        "requirements.txt": lines.replace(" | ", "\n"),
        "predict.py": ASYNC_PREDICTOR,
    }
    return load(MemoryFiles(texts))[0]


def resolved(lines: str, options: str) -> tuple[Plan, tuple[Diagnostic, ...]]:
    return resolve(spec_of(lines, options), COMPAT)


def decisions(plan: Plan) -> str:
    """`python 3.12, base_image python:3.12-slim`."""
    return ", ".join(f"{question} {decision.value}" for question, decision in plan.decisions)


def requirements(plan: Plan) -> str:
    return " | ".join(line.text for line in plan.requirements)
