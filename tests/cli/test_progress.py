"""How far a build is, as lines and as JSON."""

import json
from pathlib import Path

import pytest

from cogc.backends.buildkit import parse_line
from cogc.cli.progress import Report, Steps
from cogc.cli.steps import told_steps

from ..backends.recipes import full
from .projects import cogc, project

LOG = """#1 [internal] load build definition from Dockerfile
#1 DONE 0.0s
#4 [model 1/9] FROM python:3.12-slim
#4 CACHED
#5 [uv 2/2] RUN pip
#5 DONE 2.0s
#6 [model 2/9] RUN apt-get
#6 CACHED
#8 [model 4/9] RUN apt-get install
#8 0.512 Get:1 ffmpeg
#8 DONE 3.5s
#9 [model 5/9] RUN uv
#9 ERROR: process failed
"""
STEPS = told_steps(full(), ("", *("why" for _ in full().steps)))


def _follow(watch: Steps | Report) -> None:
    for event in filter(None, map(parse_line, LOG.splitlines())):
        watch(event)


def test_finished_steps_are_lines_with_their_cause() -> None:
    lines: list[str] = []
    _follow(Steps(STEPS, finished=lines.append, current=lambda title: None))
    assert lines == ["Installer (2.0 s)", "System packages (3.5 s): why"]


def test_json_tells_each_event() -> None:
    told: list[dict[str, object]] = []
    _follow(Report(STEPS, told.append))
    assert {"event": "cached", "step": "Tools of the image"} in told
    assert {"event": "output", "step": "System packages", "text": "Get:1 ffmpeg"} in told
    assert {"event": "done", "step": "System packages", "seconds": 3.5, "cause": "why"} in told
    assert told[-1] == {"event": "failed", "step": "Python packages", "reason": "process failed"}


def test_errors_are_events_as_well(tmp_path: Path) -> None:
    folder = project(tmp_path, config="build:\n  gpu: maybe\nfoo: 1\n")
    told = [json.loads(line) for line in cogc("build", folder, "--progress", "json").stderr.splitlines()]
    assert [(one["event"], one["places"][0]["line"]) for one in told] == [("diagnostic", 2), ("diagnostic", 3)]


def test_a_format_goes_before_events(tmp_path: Path) -> None:
    folder = project(tmp_path, config="foo: 1\n")
    told = json.loads(cogc("build", folder, "--progress", "json", "--format", "json").stderr)
    assert [one["code"] for one in told["diagnostics"]] == ["unknown-key"]


@pytest.mark.parametrize("cause", ["", "why"])
def test_every_step_has_its_cause(cause: str) -> None:
    steps = told_steps(full(), (cause, *(cause for _ in full().steps)))
    assert {step.cause for step in steps} == {cause}
