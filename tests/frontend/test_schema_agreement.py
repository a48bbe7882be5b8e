"""Both readers of a model agree: the compiler's, from source, and the worker's, from the imported module."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cogc.contract import Signature, render_openapi

from ..goldens import GOLDEN, cases
from .test_signature import VERSION, entry_points

RUNTIME = GOLDEN.parent / "runtime"
ACCEPTED = [case for case in cases("schema") if (GOLDEN / case / "openapi.json").exists()]


@pytest.fixture(scope="module")
def introspected() -> dict[tuple[str, str], Any]:
    """By case and mode, what the worker makes of each golden model; all in one process, started once."""
    wanted = [(case, *entry) for case in ACCEPTED for entry in entry_points(GOLDEN / case).items()]
    lines = [f"{GOLDEN / case} {mode} {reference}" for case, mode, reference in wanted]
    environment = os.environ | {"PYTHONPATH": str(RUNTIME), "PYTHONDONTWRITEBYTECODE": "1"}
    script = str(Path(__file__).parent / "introspection.py")
    done = subprocess.run(
        [sys.executable, script], input="\n".join(lines), env=environment, capture_output=True, text=True, check=True
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return {(case, mode): answer for (case, mode, _), answer in zip(wanted, answers, strict=True)}


@pytest.mark.parametrize("case", ACCEPTED)
def test_the_compiler_and_the_worker_agree(case: str, introspected: dict[tuple[str, str], Any]) -> None:
    answers = {mode: introspected[case, mode] for mode in entry_points(GOLDEN / case)}
    assert not [answer["error"] for answer in answers.values() if "error" in answer]
    signatures = {mode: Signature.from_json(answer["signature"]) for mode, answer in answers.items()}
    document = render_openapi(signatures.get("predict"), signatures.get("train"), VERSION)
    assert document == json.loads((GOLDEN / case / "openapi.json").read_text())
