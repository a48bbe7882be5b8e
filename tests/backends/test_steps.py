"""The order of the steps, and what they say they read."""

import json

import pytest

from cogc.backends import layout
from cogc.backends.context import own_files
from cogc.contract import Signature, Type
from cogc.ir.diagnostic import CompileError
from cogc.ir.plan import Plan
from cogc.ir.reads import Network, OwnFile, ProjectPath, SecretFile
from cogc.ir.recipe import (
    CopySource,
    CopyWeights,
    InstallProjects,
    InstallPython,
    InstallRequirements,
    InstallServer,
    InstallSystemPackages,
    ListWeights,
    RunCommand,
    SetEnvironment,
    Step,
)
from cogc.passes.labels import plan_digest
from cogc.passes.steps import lower
from cogc.weights.runtime import mounted, weights_json

from .recipes import full, gpu, own_base, plan, weighted, weighted_plan, with_weights


def _place(steps: tuple[Step, ...], kind: type) -> int:
    return next(place for place, step in enumerate(steps) if isinstance(step, kind))


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (InstallServer, InstallSystemPackages),  # the server's layer is the same for all models on a base
        (InstallSystemPackages, InstallRequirements),
        (InstallRequirements, RunCommand),
        (RunCommand, CopySource),
    ],
)
def test_what_changes_seldom_comes_first(earlier: type, later: type) -> None:
    steps = full().steps
    assert _place(steps, earlier) < _place(steps, later)


def test_the_users_variables_are_seen_by_commands_but_not_by_the_installer() -> None:
    steps = full().steps
    own = next(i for i, step in enumerate(steps) if isinstance(step, SetEnvironment) and ("A", "b") in step.variables)
    assert _place(steps, InstallRequirements) < own < _place(steps, RunCommand)


def test_weights_are_listed_after_the_packages_and_known_by_name_target_and_digest_alone() -> None:
    steps = weighted().steps
    assert _place(steps, InstallRequirements) < _place(steps, ListWeights) < _place(steps, CopySource)
    assert [(each.name, each.target, each.digest[:8]) for each in mounted(weighted())] == [
        ("vae", "/src/vae", "sha256:2"),
        ("base", "/weights", "sha256:1"),
    ]
    assert mounted(full()) == ()
    assert not any(isinstance(step, ListWeights) for step in full().steps)


def test_the_list_of_weights_does_not_depend_on_their_order() -> None:
    text = dict(own_files(weighted()))["weights.json"].decode()
    assert [each["name"] for each in json.loads(text)["weights"]] == ["base", "vae"]
    assert weights_json(reversed(mounted(weighted()))).decode() == text
    assert "weights.json" not in dict(own_files(full()))


def test_source_comes_last_and_can_be_left_out() -> None:
    assert isinstance(full().steps[-1], CopySource)
    assert full().without_source().steps == full().steps[:-1]


def test_weights_come_before_the_source_and_are_left_out_with_it() -> None:
    steps = with_weights().steps
    assert _place(steps, InstallRequirements) < _place(steps, CopyWeights) < _place(steps, CopySource)
    assert [step.paths for step in with_weights().weights] == [("models", "more"), ("a b.bin",)]
    assert with_weights().paths == ()
    assert not with_weights().without_source().weights


def test_what_is_mounted_is_in_no_layer() -> None:
    recipe = lower(weighted_plan(), (("models/a.bin",), ("other", "models/b.bin")))
    assert [step.paths for step in recipe.weights] == [("other",)]
    assert layout.left_out(recipe) == {"models", "other"}
    assert layout.mounted(recipe) == {"models"}


def test_only_a_base_without_python_gets_one() -> None:
    assert any(isinstance(step, InstallPython) for step in gpu().steps)
    assert not any(isinstance(step, InstallPython) for step in full().steps)


def test_steps_say_what_they_read() -> None:
    reads = {type(step): step.reads for step in full().steps}
    assert reads[RunCommand] == (SecretFile("pip", "/etc/pip.conf"), Network("any"))
    assert OwnFile("requirements.txt") in reads[InstallRequirements]
    assert OwnFile("requirements.txt") not in reads[InstallServer]


def test_a_line_break_in_a_variable_is_refused_at_its_place() -> None:
    with pytest.raises(CompileError) as caught:
        lower(plan(variables=(("A", "one\ntwo"), ("B", "x\ny"))))
    assert [found.code.id for found in caught.value.diagnostics] == ["environment-line-break"] * 2
    assert caught.value.diagnostics[0].labels


def test_commands_before_the_packages_and_the_user_before_the_others() -> None:
    kinds = [type(step).__name__ for step in own_base().steps]
    wanted = ["CheckBase", "InstallTools", "EnsurePython", "InstallServer", "RunCommand", "InstallRequirements",
              "InstallProjects", "CreateUser", "RunCommand", "StartServer", "CopySource"]  # fmt: skip
    assert [kind for kind in kinds if kind in wanted] == wanted


def test_folders_of_the_project_come_after_what_changes_less() -> None:
    steps = own_base().steps
    first = next(step for step in steps if isinstance(step, InstallRequirements))
    second = next(step for step in steps if isinstance(step, InstallProjects))
    assert (first.lines, first.files, first.constraints) == (
        ("six==1.16.0", "./wheels/a.whl"), ("wheels/a.whl",), ("six<2",)
    )  # fmt: skip
    assert (second.lines, second.folders) == (("six==1.16.0", "./wheels/a.whl", "-e ./pkg"), ("pkg",))
    assert ProjectPath("pkg") in second.reads
    assert ProjectPath("pkg") not in first.reads


@pytest.mark.parametrize(("concurrency", "said"), [(1, None), (4, "4")])
def test_the_decorators_concurrency_is_told_to_the_server(concurrency: int, said: str | None) -> None:
    signature = Signature(parameters=(), output=Type("str"), max_concurrency=concurrency)
    steps = lower(plan(signature=signature)).steps
    variables = dict(pair for step in steps if isinstance(step, SetEnvironment) for pair in step.variables)
    assert variables.get("COG_MAX_CONCURRENCY") == said


@pytest.mark.parametrize(
    "other",
    [
        plan(lines=("six==1.17.0",)),
        plan(system=("git",)),
        plan(commands=("true",)),
        plan(variables=(("A", "b"),)),
        plan(base="python:3.11-slim"),
        weighted_plan(),
    ],
)
def test_the_digest_tells_plans_apart(other: Plan) -> None:
    assert plan_digest(plan()) == plan_digest(plan())
    assert plan_digest(other) != plan_digest(plan())
