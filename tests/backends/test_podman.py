"""Podman's and buildah's words: what they are told, and what their progress lines say."""

import pytest

from cogc.backends import docker, podman
from cogc.backends.buildkit import Event

LINES = """\
[1/2] STEP 1/2: FROM python:3.12-slim AS uv
[1/2] STEP 2/2: RUN true
--> Using cache 32ada837ad333aee6046e54825afae5a5d6042b4d827e68066bc9a5af9f1ac23
--> 32ada837ad3
[2/2] STEP 1/3: FROM python:3.12-slim AS model
[2/2] STEP 2/3: ENV A=b
--> 6f605844a4a
[2/2] STEP 3/3: RUN make
gcc main.c
Error: building at STEP "RUN make": while running runtime: exit status 2"""
EVENTS = (
    Event("started", 1, "[stage-1 1/0] FROM python:3.12-slim AS uv"),
    Event("started", 2, "[stage-1 2/0] RUN true"),
    Event("cached", 2),
    None,
    Event("started", 3, "[model 1/0] FROM python:3.12-slim AS model"),
    Event("started", 4, "[model] ENV A=b"),
    Event("done", 4),
    Event("started", 5, "[model 2/0] RUN make"),
    Event("output", 5, "gcc main.c"),
    Event("failed", 5, 'building at STEP "RUN make": while running runtime: exit status 2'),
)


def test_lines_of_a_build() -> None:
    assert tuple(map(podman.Reader(), LINES.splitlines())) == EVENTS


def test_a_line_before_the_first_step_belongs_to_none() -> None:
    assert podman.Reader()("Trying to pull …") is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (docker.push("a/b"), ("podman", "push", "--digestfile", "/dev/stdout", "a/b")),
        (
            ("docker", "run", "--gpus", "all", "m", "python"),
            ("podman", "run", "--device", "nvidia.com/gpu=all", "m", "python"),
        ),
    ],
)
def test_podman(said: docker.Argv, meant: docker.Argv) -> None:
    assert podman.translated(said) == meant


def test_buildah_describes_an_image_in_its_own_words() -> None:
    described = podman.translated_for_buildah(docker.describe_image("m"))
    assert described == ("buildah", "inspect", "--type", "image", "m")


def test_a_build_leaves_out_what_only_buildx_knows() -> None:
    options = ("--no-cache", "--builder=remote", "--build-arg", "A=1", "--build-arg", "SOURCE_DATE_EPOCH=7")
    request = docker.Build("/ctx", "m", ("id=a,src=b",), (("rev", "1 2"),), options, "linux/amd64", "/ctx/File")
    assert podman.build("podman", request, "plain") == (
        *("podman", "build", "--layers", "--format", "docker", "--tag", "m", "--platform", "linux/amd64"),
        *("--file", "/ctx/File", "--secret", "id=a,src=b", "--label", "rev=1 2", "--no-cache"),
        *("--build-arg", "A=1", "--build-arg", "SOURCE_DATE_EPOCH=7", "--timestamp", "7", "/ctx"),
    )
