"""A failed step under its title, at the place of the user's files that asked for it."""

import pytest

from cogc.backends.buildkit import Failure
from cogc.compat import Compat
from cogc.deliver.build_failed import BuildFailed, build_failed
from cogc.faults.told import told
from cogc.frontend.files import MemoryFiles
from cogc.pipeline import Compilation

CONFIG = """build:
  python_version: "3.12"
  base_image: team/base:1
  user: model
  python_requirements: requirements.txt
  system_packages:
    - tree
    - ffmpeg=7
  run:
    - make one
    - make two
predict: predict.py:P
"""
FILES = {
    "cog.yaml": CONFIG,
    "requirements.txt": "six==1.16.0\nPy_YAML>=6\n",
    "predict.py": "class P:\n    def predict(self) -> str:\n        return ''\n",
}
UV = "cause: Because there is no version of "


def _told(name: str, *said: str, reason: str = "exit code: 1") -> tuple[str, str, str]:
    compilation = Compilation(MemoryFiles(FILES), "cog.yaml", Compat.bundled())
    found = told(Failure(name, reason, said), compilation.recipe, compilation.spec)
    place = str(found.labels[0].span) if found.labels else ""
    return found.code.id, found.message.partition("\n")[0].removeprefix("the build failed at: "), place


@pytest.mark.parametrize(
    ("name", "said", "code", "title", "place"),
    [
        ("[internal] load metadata for docker.io/team/base:1", (), "base-unavailable", "Base image", "cog.yaml:3:15"),
        ("[uv 2/2] RUN", (), "build-failed", "Installer", ""),
        ("[model  2/15] WORKDIR /", (), "build-failed", "The base image keeps its contract", "cog.yaml:3:15"),
        ("[model  4/15] RUN", ("E: x",), "build-failed", "Tools of the image", ""),
        ("[model  7/15] RUN", (), "build-failed", "System packages", "cog.yaml:7:7"),
        ("[model  7/15] RUN", ("E: Version '7' for 'ffmpeg' was not found",), "system-package-unavailable",
         "System packages", "cog.yaml:8:7"),
        ("[model  8/15] RUN", (f"{UV}six==1.16.0 and you",), "package-unavailable", "Python packages",
         "requirements.txt:1:1"),
        ("[model  8/15] RUN", (f"{UV}py-yaml>=6 and you",), "package-unavailable", "Python packages",
         "requirements.txt:2:1"),
        ("[model 11/15] RUN", ("make: *** [two] Error 2",), "build-failed", "Command: make two", "cog.yaml:11:7"),
    ],
)  # fmt: skip
def test_places(name: str, said: tuple[str, ...], code: str, title: str, place: str) -> None:
    assert _told(name, *said) == (code, title, place)


@pytest.mark.parametrize(
    "line",
    [
        "ERROR: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF",
        "ERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
    ],
)
def test_an_engine_that_went_away(line: str) -> None:
    error = build_failed(("#1 [model 2/3] RUN x", line))
    assert [found.code.id for found in error.diagnostics] == ["engine-lost"]


def test_a_registry_that_is_not_there_is_not_the_engine() -> None:
    reason = "ERROR: failed to do request: dial tcp 127.0.0.1:1: connect: connection refused"
    error = build_failed(("#2 [internal] load metadata for 127.0.0.1:1/a:1", f"#2 {reason}"))
    assert isinstance(error, BuildFailed)
    assert [found.code.id for found in error.diagnostics] == ["build-failed"]


def test_the_last_step_with_a_reason_is_to_blame() -> None:
    error = build_failed(
        (
            "#5 [model 3/9] RUN x",
            "#6 [uv 2/2] RUN y",
            "#5 0.1 one",
            "#5 0.2 two",
            "#6 CANCELED",
            "#5 ERROR: process",
            "",
        )
    )
    assert isinstance(error, BuildFailed)
    assert error.failure == Failure("[model 3/9] RUN x", "process", ("one", "two"))


def test_without_a_step_the_clients_lines_are_told() -> None:
    (found,) = build_failed(("ERROR: unknown flag: --link",)).diagnostics
    assert "unknown flag" in found.message
