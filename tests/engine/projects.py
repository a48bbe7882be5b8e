"""Small projects on disk, the cogc command, and the docker client, for tests with a real engine."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PREDICT = """
from cog import BasePredictor, Input

class Predictor(BasePredictor):
    def setup(self) -> None:
        self.greeting = "Hello"

    def predict(self, name: str = Input(description='who "is" $HOME \\\\ there, grün', default="World")) -> str:
        return f"{self.greeting}, {name}!"
"""


def project(root: Path, config: dict[str, Any], **files: str) -> Path:
    """A project that greets; `files` are further ones, with `__` for the dot in their names."""
    root.mkdir(exist_ok=True)
    data = {"build": {"python_version": "3.12"}, "predict": "predict.py:Predictor", **config}
    texts = {"cog.yaml": json.dumps(data, ensure_ascii=False), "predict.py": PREDICT}
    texts.update({name.replace("__", "."): text for name, text in files.items()})
    for name, text in texts.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


def cogc(
    folder: Path, *arguments: str, code: int = 0, stdin: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    """Runs the command as a person would, in the project's folder; its exit code has to be `code`."""
    found = subprocess.run(
        [sys.executable, "-m", "cogc", *arguments],
        cwd=folder,
        env={**os.environ, **variables},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == code, found.stdout + found.stderr
    return found


def docker(*arguments: str) -> str:
    return subprocess.run(["docker", *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def inspect(image: str, field: str) -> Any:
    return json.loads(docker("image", "inspect", "--format", f"{{{{json {field}}}}}", image))


def in_image(image: str, script: str) -> str:
    """What a script prints. Silence is asked about again: under load, an engine has lost the words of a short life."""
    command = ("run", "--rm", image, "sh", "-c", script)
    return docker(*command) or docker(*command)


@contextmanager
def removed(image: str) -> Iterator[str]:
    """The image is removed at the end, whatever happened.

    Not so what had its name before: a build of the same content beside this test may just be giving it one again.
    `docker image prune` removes that, and its layers are those of the build cache.
    """
    try:
        yield image
    finally:
        subprocess.run(["docker", "image", "rm", "--force", image], capture_output=True, check=False)
