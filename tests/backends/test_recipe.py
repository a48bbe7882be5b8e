"""The recipe's JSON and its published schema."""

import json

import pytest
from jsonschema import Draft202012Validator

from cogc import resources
from cogc.backends.recipe import recipe_json
from cogc.ir.recipe import Recipe

from .recipes import full, gpu, own_base, weighted, with_certificates, with_weights

SCHEMA = json.loads((resources.SCHEMAS / "recipe.schema.json").read_text("utf-8"))


@pytest.mark.parametrize(
    "recipe",
    [full(), gpu(), own_base(), weighted(), with_weights(), with_certificates(), full().without_source()],
    ids=["cpu", "gpu", "own-base", "mounted-weights", "weights", "trusting", "without-source"],
)
def test_it_fits_its_schema(recipe: Recipe) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(json.loads(recipe_json(recipe)))


def test_it_tells_all_that_a_step_holds() -> None:
    steps = {step["step"]: step for step in json.loads(recipe_json(full()))["steps"]}
    assert steps["run-command"] == {
        "step": "run-command",
        "text": "echo hello",
        "secrets": [{"id": "pip", "target": "/etc/pip.conf"}],
        "caches": [],
        "copy": [],
        "reads": [{"secret": "pip"}, {"network": "any"}],
    }
    assert steps["install-system-packages"]["packages"] == ["ffmpeg"]
