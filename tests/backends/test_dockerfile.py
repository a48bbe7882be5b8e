"""The Dockerfile's text. What it builds is tested with the engine; its whole texts are goldens."""

import re
from dataclasses import replace

import pytest

from cogc.backends.context import context_files
from cogc.backends.dockerfile import dockerfile, numbered
from cogc.backends.layout import holds_source, parts
from cogc.ir.recipe import Recipe
from cogc.ir.requirement import LocalFolder
from cogc.passes.steps import lower

from .recipes import PLACE, full, gpu, own_base, plan, weighted, with_certificates, with_weights

RECIPES = {
    "cpu": full(),
    "gpu": gpu(),
    "own-base": own_base(),
    "bare": lower(plan()),
    "mounted-weights": weighted(),
    "weights": with_weights(),
    "trusting": with_certificates(),
}


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_the_same_recipe_gives_the_same_text(recipe: Recipe) -> None:
    assert dockerfile(recipe) == dockerfile(recipe)
    assert not dockerfile(recipe).startswith("# syntax=")


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_there_is_a_title_for_each_numbered_step(recipe: Recipe) -> None:
    last_stage = dockerfile(recipe).partition(" AS model\n")[2]
    steps = re.findall(r"^(?:RUN|COPY|WORKDIR) ", last_stage, re.MULTILINE)
    assert len(numbered(recipe)) == len(steps)
    assert all(title for title, _ in numbered(recipe))


def test_all_that_is_fetched_goes_through_a_cache() -> None:
    runs = re.findall(r"^RUN (?:.*\\\n)*.*$", dockerfile(full()).partition(" AS model\n")[2], re.MULTILINE)
    assert runs
    assert all("--mount=type=cache," in run for run in runs)


def test_secrets_are_mounted_and_must_be_there() -> None:
    assert "--mount=type=secret,id=pip,target=/etc/pip.conf,required=true" in dockerfile(full())


def test_the_servers_layer_does_not_read_the_requirements() -> None:
    server = dockerfile(full()).partition("# Prediction server")[2].partition("\n\n")[0]
    assert "server.lock.txt" in server
    assert "requirements.txt" not in server


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_every_file_that_is_mounted_is_in_the_context(recipe: Recipe) -> None:
    files = dict(context_files(recipe))
    mounted = set(re.findall(r"(?:source=|COPY )(cogc/[^, ]+)", files["Dockerfile"].decode()))
    unused = {"cogc/requirements.txt"} if "-r /opt/cogc/requirements.txt" not in files["Dockerfile"].decode() else set()
    assert mounted == files.keys() - {"Dockerfile"} - unused


def test_steps_read_their_own_files_of_the_project() -> None:
    text = dockerfile(own_base())
    assert "--mount=type=bind,source=files/wheels/a.whl,target=/src/wheels/a.whl" in text
    assert "--mount=type=bind,source=files/pkg,target=/src/pkg,rw" in text
    assert "WORKDIR /src\nCOPY files/csrc /src/csrc\nCOPY files/setup.py /src/setup.py\n" in text
    assert parts(own_base()) == ("wheels/a.whl", "pkg", "csrc", "setup.py")


def test_the_project_itself_needs_no_second_copy() -> None:
    recipe = lower(replace(plan(), spec=replace(plan().spec, requirements=(LocalFolder("-e .", PLACE, "."),))))
    assert "--mount=type=bind,source=src,target=/src,rw" in dockerfile(recipe)
    assert parts(recipe) == ()
    assert holds_source(recipe.without_source())


def test_an_own_base_is_checked_first_and_gets_what_it_lacks() -> None:
    stage = dockerfile(own_base()).partition(" AS model\n")[2]
    first = re.search(r"^RUN (?:.*\\\n)*.*$", stage, re.MULTILINE)
    assert first is not None
    assert "/etc/os-release" in first.group()
    assert "uv python install" in stage
    assert "FROM python:3.12-slim AS uv" in dockerfile(own_base())


def test_the_server_runs_as_the_user_and_all_else_as_root() -> None:
    text = dockerfile(own_base())
    assert text.index("USER root") < text.index("useradd") < text.index("USER model") < text.index("ENTRYPOINT")
    assert "USER" not in dockerfile(full())


def test_a_gpu_image_gets_its_python_on_the_path() -> None:
    text = dockerfile(gpu())
    assert "FROM nvidia/cuda:12.4.1-cudnn-devel-ubuntu22.04 AS model" in text
    assert "uv python install" in text
    assert 'ENV PATH="/opt/python/current/bin:$PATH"' in text


def test_certificates_are_known_before_anything_is_fetched() -> None:
    text = dockerfile(with_certificates())
    assert "--cert /opt/uv/cacert.pem" in text
    assert text.index("# The base image keeps") < text.index("COPY cogc/certificates.crt") < text.index("apt-get -qq")
    assert "certificates.crt" not in dockerfile(own_base())
