"""Inputs of the command line, typed and checked by the model's schema."""

from pathlib import Path
from typing import Any

import pytest

from cogc.contract import Parameter, Signature, Type, render_openapi
from cogc.deliver.inputs import parse_inputs
from cogc.deliver.schema import InputSchema, input_schema
from cogc.ir.diagnostic import CompileError


def _optional(name: str, kind: str, **more: Any) -> Parameter:
    return Parameter(name, Type(kind), required=False, default=None, **more)


PARAMETERS = (
    Parameter("prompt", Type("str")),
    _optional("count", "int", ge=1, le=10),
    _optional("scale", "float"),
    _optional("fast", "bool"),
    _optional("image", "path"),
    _optional("size", "str", choices=("small", "large")),
    _optional("anything", "any"),
    _optional("options", "dict"),
    Parameter("tags", Type("list", items=Type("str")), required=False, default=[]),
    Parameter("steps", Type("list", items=Type("int")), required=False, default=[]),
    Parameter("either", Type("union", options=(Type("int"), Type("str"))), required=False, default=1),
)


def _schema(*parameters: Parameter, extra: bool = False) -> InputSchema:
    signature = Signature(parameters=parameters, output=Type("str"), extra_inputs=extra)
    return input_schema(render_openapi(signature, None, "0"))


SCHEMA = _schema(*PARAMETERS)


@pytest.mark.parametrize(
    ("given", "name", "value"),
    [
        (("prompt=a=b",), "prompt", "a=b"),
        (("prompt=12",), "prompt", "12"),
        (("prompt=",), "prompt", ""),
        (("count=3",), "count", 3),
        (("count=null",), "count", None),
        (("scale=1",), "scale", 1.0),
        (("fast=Yes",), "fast", True),
        (("fast=0",), "fast", False),
        (("image=https://example.org/a.png",), "image", "https://example.org/a.png"),
        (("size=small",), "size", "small"),
        (("anything=[1, 2]",), "anything", [1, 2]),
        (("anything=text",), "anything", "text"),
        (('options={"a": 1}',), "options", {"a": 1}),
        (("tags=x", "tags=y"), "tags", ["x", "y"]),
        (("tags=x",), "tags", ["x"]),
        (('tags=["x", "y"]',), "tags", ["x", "y"]),
        (("steps=1", "steps=2"), "steps", [1, 2]),
        (("either=5",), "either", 5),
        (("either=five",), "either", "five"),
    ],
)
def test_values(given: tuple[str, ...], name: str, value: Any) -> None:
    found = parse_inputs(given if name == "prompt" else ("prompt=p", *given), SCHEMA)[name]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ((), ["input-missing"]),
        (("prompt",), ["input-format"]),
        (("promt=x",), ["input-unknown", "input-missing"]),
        (("prompt=x", "count=many"), ["input-invalid"]),
        (("prompt=x", "count=11"), ["input-invalid"]),
        (("prompt=x", "count=1", "count=2"), ["input-invalid"]),
        (("prompt=x", "size=medium"), ["input-invalid"]),
        (("prompt=x", "fast=perhaps", "scale=big"), ["input-invalid", "input-invalid"]),
        (("prompt=x", "options=1"), ["input-invalid"]),
        (("prompt=x", "options={"), ["input-invalid"]),
        (("prompt=x", "image=@nowhere.png"), ["input-invalid"]),
    ],
)
def test_faults_are_told_all_at_once(given: tuple[str, ...], codes: list[str]) -> None:
    with pytest.raises(CompileError) as caught:
        parse_inputs(given, SCHEMA)
    assert [found.code.id for found in caught.value.diagnostics] == codes


def test_a_near_name_is_offered() -> None:
    with pytest.raises(CompileError) as caught:
        parse_inputs(("promt=x",), SCHEMA)
    assert caught.value.diagnostics[0].help == "did you mean 'prompt'?"


def test_files(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("content")
    found = parse_inputs((f"image=@{file}", f"prompt=@{file}"), SCHEMA)
    assert found == {"image": "data:text/plain;base64,Y29udGVudA==", "prompt": "content"}


def test_a_file_without_its_mark_is_pointed_out(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.touch()
    with pytest.raises(CompileError) as caught:
        parse_inputs(("prompt=x", f"image={file}"), SCHEMA)
    assert f"write @{file}" in caught.value.diagnostics[0].message


def test_other_names_pass_where_the_predictor_takes_them() -> None:
    assert parse_inputs(("more=1",), _schema(extra=True)) == {"more": 1}
