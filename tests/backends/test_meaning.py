"""The Dockerfile read back by another parser means what the recipe says, whatever cog.yaml holds."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from dockerfile_parse import DockerfileParser  # type: ignore[import-untyped]  # it has no stubs
from hypothesis import given
from hypothesis import strategies as st

from cogc.backends.dockerfile import dockerfile
from cogc.compat import Compat
from cogc.frontend.files import MemoryFiles
from cogc.ir.diagnostic import CompileError, Diagnostic
from cogc.ir.ground_steps import TrustCertificates
from cogc.ir.recipe import (
    CheckBase,
    CopySource,
    CopyWeights,
    Describe,
    EnsurePython,
    InstallPython,
    ListWeights,
    Recipe,
    RunCommand,
    SetEnvironment,
    StartServer,
    Step,
)
from cogc.pipeline import Compilation

from .recipes import full, gpu, own_base, weighted, with_certificates, with_weights

PREDICT = "class Predictor:\n    def predict(self) -> str:\n        return ''\n"
COMPAT = Compat.bundled()
_BEFORE = ("FROM", "RUN", "FROM")
_OURS = ("PATH", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")


def _parsed(recipe: Recipe) -> DockerfileParser:
    return DockerfileParser(fileobj=BytesIO(dockerfile(recipe).encode()))


def _instructions(step: Step) -> Iterator[str]:
    match step:
        case SetEnvironment():
            yield from ("ENV" for _ in step.variables)
        case Describe():
            yield from ("LABEL" for _ in step.labels)
        case StartServer():
            user = ("USER",) if step.user != "root" else ()
            yield from ("WORKDIR", *user, "EXPOSE", "ENTRYPOINT", "CMD")
        case CopySource() | CopyWeights() | ListWeights():
            yield "COPY"
        case TrustCertificates():
            yield from ("COPY", "RUN", "ENV", "ENV")
        case CheckBase():
            yield from ("USER", "WORKDIR", "RUN")
        case InstallPython() | EnsurePython():
            yield from ("RUN", "ENV")
        case RunCommand() if step.copy:
            yield from ("WORKDIR", *("COPY" for _ in step.copy), "RUN", "WORKDIR")
        case _:
            yield "RUN"


def _check(recipe: Recipe) -> None:
    parsed = _parsed(recipe)
    found = [line["instruction"] for line in parsed.structure if line["instruction"] != "COMMENT"]
    assert found == [*_BEFORE, *(name for step in recipe.steps for name in _instructions(step))]
    variables = {
        name: value for step in recipe.steps if isinstance(step, SetEnvironment) for name, value in step.variables
    }
    assert {name: value for name, value in parsed.envs.items() if name not in _OURS} == variables
    assert parsed.labels == {
        name: value for step in recipe.steps if isinstance(step, Describe) for name, value in step.labels
    }
    commands = [step.text for step in recipe.steps if isinstance(step, RunCommand)]
    runs = [_command(line["value"]) for line in parsed.structure if line["instruction"] == "RUN"]
    assert [run for run in runs if run in commands] == commands


def _command(value: str) -> str:
    """What the shell gets: the mounts apart, and of a JSON list its script."""
    text = re.sub(r"^(--mount=\S+\s+)*", "", value)
    if not text.startswith("["):
        return text
    shell, flag, script = json.loads(text)
    assert (shell, flag) == ("/bin/sh", "-c")
    return str(script).removeprefix("set -e\n").removeprefix(" ")


@pytest.mark.parametrize("recipe", [full(), gpu(), own_base(), weighted(), with_weights(), with_certificates()])
def test_recipes_of_every_step(recipe: Recipe) -> None:
    _check(recipe)


_PIECES = st.sampled_from(
    ["\n", "\\", "\\\n", '"', "'", "$HOME", "${X}", "`", "#", " ", "\t", "<<END", "END", "[", "]", "--mount=x ", "é🙂",
     "\u2028", "\x85", "\xa0", ";", "&&", "\nRUN echo", "\nUSER x\n", "ONBUILD ", "# escape=`", "a", "=", ",", "{", "%"]
)  # fmt: skip
_LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff")
TEXTS = st.lists(_PIECES | _LETTERS, max_size=12).map("".join)
LINES = TEXTS.filter(str.strip)
NAMES = st.from_regex(r"[A-Z_][A-Z0-9_]{0,8}", fullmatch=True)
PACKAGES = st.from_regex(r"[a-z0-9][a-z0-9+.-]{1,8}(=1:2~[a-z]+)?", fullmatch=True) | TEXTS
CONFIGS = st.fixed_dictionaries(
    {"predict": st.just("predict.py:Predictor")},
    optional={
        "environment": st.dictionaries(NAMES, TEXTS, max_size=3).map(
            lambda found: [f"{name}={value}" for name, value in found.items()]
        ),
        "build": st.fixed_dictionaries(
            {},
            optional={
                "run": st.lists(LINES, max_size=3),
                "pre_install": st.lists(LINES, max_size=2),
                "system_packages": st.lists(PACKAGES, max_size=3),
                "base_image": st.sampled_from(["debian", "r.io/a/b:c"]) | TEXTS,
                "user": st.sampled_from(["model", "root"]) | TEXTS,
                "python_packages": st.lists(st.sampled_from(["six", "a[b]>1 ; os_name=='x'"]) | TEXTS, max_size=2),
            },
        ),
        "image": st.just("a/b:c") | TEXTS,
    },
)


def _yaml(config: dict[str, Any]) -> str:
    """JSON, with escapes for what YAML would take for a line break."""
    text = json.dumps(config, ensure_ascii=False)
    return text.replace("\x85", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _outcome(config: dict[str, Any]) -> Recipe | tuple[Diagnostic, ...]:
    files = MemoryFiles({"cog.yaml": _yaml(config), "predict.py": PREDICT})
    try:
        return Compilation(files, "cog.yaml", COMPAT).recipe
    except CompileError as error:
        return error.diagnostics


@given(CONFIGS)
def test_no_value_adds_an_instruction(config: dict[str, Any]) -> None:
    """A value is refused with its place, or arrives as it was written."""
    outcome = _outcome(config)
    if isinstance(outcome, Recipe):
        _check(outcome)
    else:
        assert all(found.labels for found in outcome)


@given(st.lists(LINES, min_size=1, max_size=4), st.dictionaries(NAMES, TEXTS, max_size=4))
def test_commands_and_variables_arrive(commands: list[str], variables: dict[str, str]) -> None:
    """Nothing of these is refused."""
    environment = [f"X{name}={value}" for name, value in variables.items() if "\n" not in value]
    outcome = _outcome({"build": {"run": commands}, "environment": environment})
    assert isinstance(outcome, Recipe)
    written = [text.strip() for text in commands]
    assert [step.text for step in outcome.steps if isinstance(step, RunCommand)] == written
    _check(outcome)
