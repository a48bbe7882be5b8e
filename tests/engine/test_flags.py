"""The flags of `cogc build` and `compile` on a real engine."""

import json
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from .builders import remote_builder
from .projects import cogc, docker, in_image, inspect, project, removed

pytestmark = pytest.mark.engine

OWN = """\
FROM python:3.12-slim
ARG WHO=nobody
RUN mkdir /made && date > /made/when && echo "$WHO" > /made/who && ln /made/who /made/link && rm /etc/issue
COPY . /src
"""
COPIES = "FROM scratch\nCOPY predict.py /src/\n"


@pytest.fixture
def image(request: pytest.FixtureRequest) -> Iterator[str]:
    name = "".join(letter if letter.isalnum() else "-" for letter in request.node.name.lower()).strip("-")
    with removed(f"cogc-tests/{name}") as image:
        yield image


def test_an_own_dockerfile_has_our_labels(tmp_path: Path, image: str) -> None:
    folder = project(tmp_path, {}, Dockerfile=OWN, __dockerignore="more.txt\n", more__txt="x")
    cogc(folder, "build", "-t", image, "--dockerfile", "Dockerfile", "--build-arg", "WHO=ada")
    assert in_image(image, "cat /made/who; ls /src") == "ada\nDockerfile\ncog.yaml\npredict.py"
    found = json.loads(cogc(folder, "inspect", image, "--json").stdout)
    assert found["schema"]["components"]["schemas"]["Input"]["properties"]["name"]["default"] == "World"


def test_names_and_a_second_build(tmp_path: Path, image: str) -> None:
    folder = project(tmp_path, {}, Dockerfile=COPIES)
    names = ("-t", image, "-t", f"{image}:v2", "--dockerfile", "Dockerfile")
    with removed(f"{image}:v2"):
        first = cogc(folder, "build", *names)
        assert first.stdout == f"{image}\n{image}:v2\n"
        assert f"Built {image} in " in first.stderr
        assert inspect(image, ".Id") == inspect(f"{image}:v2", ".Id")
        assert f"Nothing has changed: {image} is up to date" in cogc(folder, "build", *names).stderr
        (folder / "predict.py").write_text((folder / "predict.py").read_text() + f"# {uuid.uuid4()}\n")
        assert f"Built {image} in " in cogc(folder, "build", *names).stderr


def test_progress_and_machines(tmp_path: Path, image: str) -> None:
    """With a format for machines, standard error has diagnostics and nothing else."""
    folder = project(tmp_path, {}, Dockerfile=COPIES)
    said = cogc(folder, "build", "-t", image, "--dockerfile", "Dockerfile", "--format", "json")
    assert json.loads(said.stderr)["diagnostics"] == []
    assert said.stdout == f"{image}\n"


def test_progress_that_is_quiet_and_progress_as_objects(tmp_path: Path, image: str) -> None:
    folder = project(tmp_path, {"tests": []}, Dockerfile=COPIES)
    words = ("build", "-t", image, "--dockerfile", "Dockerfile", "--progress")
    assert cogc(folder, *words, "quiet").stderr.splitlines()[0] == "warning[key-without-effect]: `tests` does nothing"
    assert image not in cogc(folder, *words, "quiet").stderr
    told = [json.loads(line) for line in cogc(folder, *words, "json").stderr.splitlines()]
    assert (told[0]["event"], told[0]["code"]) == ("diagnostic", "key-without-effect")
    assert {"event": "message", "text": told[-1]["text"]} == told[-1]
    (folder / "Dockerfile").write_text(COPIES + "RUN false\n")
    told = [json.loads(line) for line in cogc(folder, *words, "json", code=1).stderr.splitlines()]
    assert (told[-1]["event"], told[-1]["severity"]) == ("diagnostic", "error")


def test_a_document_in_the_place_of_the_source(tmp_path: Path, image: str) -> None:
    folder = project(tmp_path, {}, Dockerfile=COPIES)
    schema = json.loads(cogc(folder, "schema").stdout)
    schema["info"]["title"] = "A document of one's own"
    (folder / "schema.json").write_text(json.dumps(schema))
    (folder / "predict.py").write_text("class Predictor: # nothing that can be read\n    predict = __import__('x').y\n")
    cogc(folder, "build", "-t", image, "--dockerfile", "Dockerfile", code=1)
    cogc(folder, "build", "-t", image, "--dockerfile", "Dockerfile", COG_OPENAPI_SCHEMA="schema.json")
    found = json.loads(cogc(folder, "inspect", image, "--json").stdout)
    assert found["schema"]["info"]["title"] == "A document of one's own"
    assert found["config"]["predict"] == "predict.py:Predictor"


@pytest.mark.parametrize("platform", ["linux/amd64", "linux/arm64"])
def test_a_platform(tmp_path: Path, image: str, platform: str) -> None:
    folder = project(tmp_path, {}, Dockerfile=COPIES)
    cogc(folder, "build", "-t", image, "--dockerfile", "Dockerfile", "--platform", platform)
    assert f"linux/{inspect(image, '.Architecture')}" == platform
    versions = json.loads(inspect(image, ".Config.Labels")["run.cog.versions"])
    assert versions["platform"] == platform


def test_the_same_image_whenever_it_is_built(tmp_path: Path, image: str) -> None:
    """`date` alone would differ, so it writes what it is told."""
    own = OWN.replace("date >", "date -d @$SOURCE_DATE_EPOCH >").replace("ARG WHO", "ARG SOURCE_DATE_EPOCH\nARG WHO")
    folder = project(tmp_path, {}, Dockerfile=own)
    with removed(f"{image}-again"):
        cogc(folder, "build", "-t", image, "--dockerfile", "Dockerfile", "--timestamp", "1700000000")
        again = ("build", "-t", f"{image}-again", "--dockerfile", "Dockerfile", "--no-cache")
        cogc(folder, *again, SOURCE_DATE_EPOCH="1700000000")
        assert inspect(image, ".Id") == inspect(f"{image}-again", ".Id")
    assert inspect(image, ".Created") == "2023-11-14T22:13:20Z"
    script = "stat -c %Y /made/when /src/cog.yaml; stat -c %h /made/who; test ! -e /etc/issue"
    assert in_image(image, script).split() == ["1700000000", "1700000000", "2"]


def test_a_builder_that_is_not_there(tmp_path: Path, image: str) -> None:
    folder = project(tmp_path, {}, Dockerfile=COPIES)
    said = cogc(folder, "build", "-t", image, "--dockerfile", "Dockerfile", "--builder", "nobody", code=1)
    assert "error[build-failed]" in said.stderr
    assert "nobody" in said.stderr


def test_a_remote_builder_makes_the_same_image(tmp_path: Path, image: str) -> None:
    folder = project(tmp_path, {}, Dockerfile=COPIES)
    made = ("--dockerfile", "Dockerfile", "--timestamp", "1700000000")
    with removed(f"{image}-remote"), remote_builder() as builder:
        cogc(folder, "build", "-t", image, *made)
        cogc(folder, "build", "-t", f"{image}-remote", *made, "--builder", builder)
        assert inspect(image, ".Id") == inspect(f"{image}-remote", ".Id")
        again = cogc(folder, "build", "-t", f"{image}-remote", *made, "--builder", builder)
        assert f"Nothing has changed: {image}-remote is up to date" in again.stderr


def test_bake(tmp_path: Path, image: str) -> None:
    folder = project(tmp_path / "project", {"image": image})
    cogc(folder, "compile", "--emit", "bake", "-o", str(tmp_path / "out"))
    file = str(tmp_path / "out" / "docker-bake.json")
    printed = json.loads(docker("buildx", "bake", "--file", file, "--print", "default", "environments"))
    assert set(printed["target"]) == {"model", "environment"}
    with removed(f"{image}-base"):
        bake = f"cd {tmp_path / 'out'} && docker buildx bake --load model environment"
        subprocess.run(["sh", "-c", bake], check=True, capture_output=True)
        assert cogc(tmp_path, "predict", image, "-i", "name=Bob").stdout == "Hello, Bob!\n"
        layers = inspect(image, ".RootFS.Layers")
        assert layers[:-1] == inspect(f"{image}-base", ".RootFS.Layers"), "what they share is made once"
