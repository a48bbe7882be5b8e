"""The front end as a whole: whatever is written, there is a Spec or an error with a code and a place."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogc.frontend.files import MemoryFiles
from cogc.frontend.load import load
from cogc.frontend.validate import schema
from cogc.ir.diagnostic import CompileError

from .projects import SOURCES, spec


def outcome(config: str, requirements: str = "") -> object:
    """The Spec, or the codes of what is wrong; all places lie in their files."""
    files = MemoryFiles({**SOURCES, "cog.yaml": config, "requirements.txt": requirements})
    try:
        return load(files)[0]
    except CompileError as error:
        spans = [label.span for found in error.diagnostics for label in found.labels]
        assert spans
        assert all(0 <= span.start <= span.end <= len(span.source.text) for span in spans)
        return [found.code.id for found in error.diagnostics]


def test_without_a_configuration() -> None:
    with pytest.raises(CompileError) as caught:
        load(MemoryFiles({}), "other.yaml")
    assert [found.code.id for found in caught.value.diagnostics] == ["config-missing"]


def test_the_configuration_may_have_another_name() -> None:
    files = MemoryFiles({"deep/model.yaml": "build: {python_requirements: r.txt}", "r.txt": "six"})
    found, _ = load(files, "deep/model.yaml")
    assert found.config.name == "deep/model.yaml"
    assert [line.text for line in found.requirements] == ["six"]


def test_the_same_input_gives_the_same_spec() -> None:
    config = (
        "build: {python_packages: [a, b], system_packages: [git]}\nenvironment: [A=b]\npredict: predict.py:Predictor"
    )
    assert spec(config) == spec(config)


@given(st.text(alphabet=st.sampled_from("build:gpu run\n-[]{}'\"|>&*!#%@`\\,.0x1=\t\x7f\x85\u2028\ud800é😀")))
def test_any_text(text: str) -> None:
    outcome(text)


KEYS = sorted(
    {
        *schema()["properties"],
        *schema()["properties"]["build"]["properties"],
        "command",
        *("name", "target", "source", "sources", "uri", "include", "exclude"),
        "mounts",
        "copy",
        "max",
        "<<",
        "é",
    }
)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=8) | st.sampled_from(
    [
        "predict.py:Predictor",
        "train.py:train",
        "3.10",
        "requirements.txt",
        "git",
        "A=b",
        "numpy==1",
        "secret",
        "-r x",
        "-e .",
        "./a.whl",
        "-c cog.yaml",
        "\ud800",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | TEXTS, inner, max_size=6),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6))
def test_any_structure(data: dict[str, object]) -> None:
    outcome(json.dumps(data))


@given(
    st.dictionaries(st.sampled_from(KEYS), st.lists(TEXTS) | TEXTS | st.dictionaries(st.sampled_from(KEYS), TEXTS)),
    TEXTS,
)
def test_any_values_of_the_right_shape(build: dict[str, object], text: str) -> None:
    properties = schema()["properties"]["build"]["properties"]
    lists = {key: [text, text + "x"] for key in properties if "array" in properties[key]["type"]}
    texts = {key: text for key in properties if "string" in properties[key]["type"]}
    outcome(json.dumps({"build": {**lists, **build}, "environment": [text], "image": text, "train": text}))
    outcome(json.dumps({"build": texts, "run": text, "concurrency": {"max": len(text) + 1}}))


@given(st.text(st.characters(codec="utf-8")))
def test_any_requirements(text: str) -> None:
    outcome("build: {python_requirements: requirements.txt}", text)
