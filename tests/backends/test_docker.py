"""Command lines of the docker client."""

import pytest

from cogc.backends import docker
from cogc.backends.buildkit import Event, parse_line, place


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("foo", "cog-foo"),
        ("Foo", "cog-foo"),
        ("cog-foo", "cog-foo"),
        ("my great model", "cog-my-great-model"),
        ("a" * 40, "cog-" + "a" * 26),
        ("Modèle_2", "cog-modle2"),
        ("---", "cog-model"),
    ],
)
def test_default_image_name(folder: str, name: str) -> None:
    assert docker.default_image_name(folder) == name


@pytest.mark.parametrize(
    ("image", "base"),
    [
        ("model", "model-base"),
        ("model:v1", "model-base:v1"),
        ("localhost:5000/model", "localhost:5000/model-base"),
        ("localhost:5000/model:v1", "localhost:5000/model-base:v1"),
    ],
)
def test_base_image_name(image: str, base: str) -> None:
    assert docker.base_image_name(image) == base


def test_build() -> None:
    request = docker.Build("/ctx", "m", ("id=a,src=b",), (("rev", "1 2"),), ("--no-cache",), "linux/amd64")
    assert docker.build(request, "plain") == (
        *("docker", "buildx", "build", "--load", "--provenance=false", "--progress=plain"),
        *("--tag", "m", "--platform", "linux/amd64"),
        *("--secret", "id=a,src=b", "--label", "rev=1 2", "--no-cache", "/ctx"),
    )


def test_run_mounts_the_project_only_where_there_is_one() -> None:
    mounted = docker.run(docker.Container("m", "c", "/home/me/project", gpus="all", command=("python",)))
    assert "type=bind,source=/home/me/project,target=/src" in mounted
    assert mounted[-2:] == ("m", "python")
    assert mounted[mounted.index("--gpus") + 1] == "all"
    assert "--mount" not in docker.run(docker.Container("m", "c"))


@pytest.mark.parametrize(
    ("line", "event"),
    [
        ("#8 [model 3/10] RUN true", Event("started", 8, "[model 3/10] RUN true")),
        ("#8 0.141 Using CPython 3.12.1", Event("output", 8, "Using CPython 3.12.1")),
        ("#8 DONE 12.3s", Event("done", 8, "12.3")),
        ("#8 CACHED", Event("cached", 8)),
        ("#8 ERROR: process did not complete", Event("failed", 8, "process did not complete")),
        ("#8 CANCELED", Event("failed", 8)),
        ("------", None),
        ("", None),
    ],
)
def test_lines_of_buildkit(line: str, event: Event | None) -> None:
    assert parse_line(line) == event


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("[model  3/10] RUN true", ("model", 3, 10)),
        ("[uv 2/2] RUN true", ("uv", 2, 2)),
        ("[internal] load build context", None),
    ],
)
def test_places_of_steps(name: str, found: tuple[str, int, int] | None) -> None:
    assert place(name) == found
