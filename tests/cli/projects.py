"""Projects on disk for the tests of commands."""

import subprocess
from pathlib import Path

from click.testing import CliRunner, Result

from cogc.cli import main

CONFIG = 'build:\n  python_version: "3.12"\n  python_packages:\n    - pillow==11.1.0\npredict: predict.py:P\n'
PREDICTOR = """from cog import BasePredictor


class P(BasePredictor):
    def predict(self, {}) -> str:
        return "x"
"""


def cogc(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def project(folder: Path, inputs: str = "a: str", config: str = CONFIG) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cog.yaml").write_text(config)
    (folder / "predict.py").write_text(PREDICTOR.format(inputs))
    return folder


def commit(folder: Path) -> None:
    """All that is in the folder, as one revision of a repository there."""
    settings = ("-c", "user.name=t", "-c", "user.email=t@localhost", "-c", "init.defaultBranch=main")
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "all")):
        subprocess.run(("git", *settings, *command), cwd=folder, check=True, capture_output=True)
