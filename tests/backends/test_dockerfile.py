"""The Dockerfile's text. What it builds is tested with the engine; its whole texts are goldens."""

import re

import pytest

from cogc.backends.context import context_files
from cogc.backends.dockerfile import dockerfile, titles
from cogc.ir.recipe import Recipe
from cogc.passes.steps import lower

from .recipes import full, gpu, plan

RECIPES = {"cpu": full(), "gpu": gpu(), "bare": lower(plan())}


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_the_same_recipe_gives_the_same_text(recipe: Recipe) -> None:
    assert dockerfile(recipe) == dockerfile(recipe)
    assert not dockerfile(recipe).startswith("# syntax=")


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_there_is_a_title_for_each_numbered_step(recipe: Recipe) -> None:
    last_stage = dockerfile(recipe).partition(" AS model\n")[2]
    steps = re.findall(r"^(?:RUN|COPY|WORKDIR) ", last_stage, re.MULTILINE)
    assert len(titles(recipe)) == 1 + len(steps)


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


def test_every_file_that_is_mounted_is_in_the_context() -> None:
    files = dict(context_files(full()))
    mounted = set(re.findall(r"source=(cogc/[^,]+)", files["Dockerfile"].decode()))
    assert mounted == files.keys() - {"Dockerfile"}


def test_a_gpu_image_gets_its_python_on_the_path() -> None:
    text = dockerfile(gpu())
    assert "FROM nvidia/cuda:12.4.1-cudnn-devel-ubuntu22.04 AS model" in text
    assert "uv python install" in text
    assert 'ENV PATH="/opt/python/current/bin:$PATH"' in text
