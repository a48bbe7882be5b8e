"""Why a step is done again, from what the last build was made from."""

from dataclasses import replace

import pytest

from cogc.changes.causes import causes
from cogc.changes.prints import Print, prints
from cogc.ir.plan import Plan
from cogc.ir.recipe import Recipe
from cogc.passes.steps import lower

from ..backends.recipes import full, own_base, plan, with_weights

FILES = {
    "src/predict.py": "1",
    "src/cog.yaml": "1",
    "files/pkg/setup.py": "1",
    "files/wheels/a.whl": "1",
    "files/csrc/a.c": "1",
    "files/setup.py": "1",
    "weights/1/src/models/a": "1",
    "weights/2/src/a b.bin": "1",
}


def _causes(before: Recipe, after: Recipe, release: str = "1", **changed: str) -> dict[str, str]:
    """`changed` are stamps of files, with `__` for the slash in their names; blank for one that is gone."""
    files = {**FILES, **{name.replace("__", "/").replace("_py", ".py"): stamp for name, stamp in changed.items()}}
    now = prints(after, {name: stamp for name, stamp in files.items() if stamp}, release)
    found = causes(prints(before, FILES, "1"), now)
    return {one.title: cause for one, cause in zip(now, found, strict=True) if cause}


def _first(found: dict[str, str]) -> tuple[str, str]:
    return next(iter(found.items()))


def test_nothing_has_changed() -> None:
    assert _causes(full(), full()) == {}


def test_a_first_build_has_nothing_to_tell() -> None:
    now = prints(full(), FILES, "1")
    assert set(causes((), now)) == {""}


@pytest.mark.parametrize(
    ("before", "after", "step", "cause"),
    [
        (plan(lines=("a==1",)), plan(lines=("a==2",)), "Python packages", "a==2 is new, a==1 is gone"),
        (plan(lines=("a",)), plan(lines=("a", "b", "c", "d")), "Python packages", "b is new, c is new, and 1 more"),
        (plan(system=("a", "b")), plan(system=("a",)), "system packages", "b is gone"),
        (plan(), plan(system=("a",)), "system packages", "it is new"),
        (plan(commands=("a",)), plan(commands=("b",)), "command: b", "it has changed"),
        (plan(), plan(base="python:3.11-slim"), "base image", "it has changed"),
    ],
)  # fmt: skip
def test_a_change_of_the_recipe(before: Plan, after: Plan, step: str, cause: str) -> None:
    found = _causes(lower(before), lower(after))
    assert _first(found) == (step, cause)
    assert found["source"] == f"follows {step}"


@pytest.mark.parametrize(
    ("recipe", "changed", "step", "cause"),
    [
        (full(), {"src__predict_py": "2"}, "source", "predict.py has changed"),
        (full(), {"src__predict_py": ""}, "source", "predict.py is gone"),
        (full(), {"src__new": "1"}, "source", "new is new"),
        (own_base(), {"files__pkg__setup_py": "2"}, "packages of the project", "pkg/setup.py has changed"),
        (with_weights(), {"weights__1__src__models__a": "2"}, "weights: models, more", "models/a has changed"),
    ],
)
def test_a_change_of_a_file(recipe: Recipe, changed: dict[str, str], step: str, cause: str) -> None:
    assert _first(_causes(recipe, recipe, "1", **changed)) == (step, cause)


def test_another_release_of_cogc() -> None:
    assert _first(_causes(full(), full(), "2")) == ("prediction server", "cogc has changed")


def test_a_print_survives_json() -> None:
    one = Print("x", {"step": "copy-source", "folder": "/src"}, {"a": "1"})
    assert causes((replace(one),), (one,)) == ("",)
