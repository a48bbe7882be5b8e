"""Workers that are started before the server's own packages are imported, and may be ready before it looks."""

import subprocess
import sys
from pathlib import Path

from .serving import LIMIT_SECONDS, MODELS, RUNTIME

PROGRAM = Path(__file__).with_name("early_worker.py")


def test_a_worker_that_is_ready_early_can_be_asked() -> None:
    environment = {"PYTHONPATH": str(RUNTIME), "COG_PREDICT_TYPE_STUB": "checked.py:Checked"}
    done = subprocess.run(
        [sys.executable, PROGRAM],
        cwd=MODELS,
        env=environment,
        capture_output=True,
        text=True,
        timeout=2 * LIMIT_SECONDS,
    )
    assert (done.returncode, done.stdout) == (0, "None\n"), done.stderr
