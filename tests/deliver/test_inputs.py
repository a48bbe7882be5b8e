"""Inputs of the command line, typed and checked by the model's schema."""

import json
from pathlib import Path
from typing import Any

import pytest

from cogc.contract import Parameter, Signature, Type, render_openapi
from cogc.deliver.inputs import parse_inputs
from cogc.deliver.schema import InputSchema, input_schema
from cogc.ir.diagnostic import CompileError


def _optional(name: str, kind: str, **more: Any) -> Parameter:
    return Parameter(name, Type(kind), required=False, default=None, **more)


def _union(*kinds: str) -> Type:
    return Type("union", options=tuple(map(Type, kinds)))


PARAMETERS = (
    Parameter("prompt", Type("str"), description="what to say"),
    _optional("count", "int", ge=1, le=10),
    _optional("scale", "float"),
    _optional("fast", "bool"),
    _optional("image", "path"),
    _optional("size", "str", choices=("small", "large")),
    _optional("word", "str", min_length=2, regex="^[a-z]*$"),
    _optional("token", "secret"),
    _optional("when", "datetime"),
    Parameter("days", Type("list", items=Type("date")), required=False, default=[]),
    _optional("anything", "any"),
    _optional("options", "dict"),
    Parameter("tags", Type("list", items=Type("str")), required=False, default=[]),
    Parameter("steps", Type("list", items=Type("int")), required=False, default=[]),
    Parameter("either", _union("int", "str"), required=False, default=1),
    Parameter("file_or_word", _union("str", "path"), required=False, default=""),
    Parameter(
        "files", Type("union", options=(Type("path"), Type("list", items=Type("path")))), required=False, default=[]
    ),
    Parameter(
        "word_or_list",
        Type("union", options=(Type("list", items=_union("int", "str")), Type("str"))),
        required=False,
        default=[],
    ),
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
        (("when=2024-01-02T03:04:05Z",), "when", "2024-01-02T03:04:05Z"),
        (("days=2024-01-02", "days=2024-01-03"), "days", ["2024-01-02", "2024-01-03"]),
        (("anything=[1, 2]",), "anything", [1, 2]),
        (("anything=text",), "anything", "text"),
        (('options={"a": 1}',), "options", {"a": 1}),
        (("tags=x", "tags=y"), "tags", ["x", "y"]),
        (("tags=x",), "tags", ["x"]),
        (('tags=["x", "y"]',), "tags", ["x", "y"]),
        (("steps=1", "steps=2"), "steps", [1, 2]),
        (("either=5",), "either", 5),
        (("either=five",), "either", "five"),
        (("file_or_word=word",), "file_or_word", "word"),
        (("files=https://example.org/a.png",), "files", "https://example.org/a.png"),
        (("files=http://a/1", "files=http://a/2"), "files", ["http://a/1", "http://a/2"]),
        (('files=["http://a/1"]',), "files", ["http://a/1"]),
        (("word_or_list=5",), "word_or_list", "5"),
        (("word_or_list=[5, 6]",), "word_or_list", [5, 6]),
        (("word_or_list=5", "word_or_list=six"), "word_or_list", [5, "six"]),
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
        (("prompt=x", "image=nowhere.png"), ["input-invalid"]),
        (("prompt=x", "files=nowhere.png"), ["input-invalid"]),
        (("prompt=x", "files=@nowhere.png"), ["input-invalid"]),
        (("prompt=x", "files=http://a/1", "files=nowhere.png"), ["input-invalid"]),
        (("prompt=caf\udce9",), ["input-format"]),
    ],
)
def test_faults_are_told_all_at_once(given: tuple[str, ...], codes: list[str]) -> None:
    with pytest.raises(CompileError) as caught:
        parse_inputs(given, SCHEMA)
    assert [found.code.id for found in caught.value.diagnostics] == codes


def test_half_a_surrogate_pair_in_json() -> None:
    with pytest.raises(CompileError) as caught:
        parse_inputs((), SCHEMA, '{"prompt": "\\ud800"}')
    assert [found.code.id for found in caught.value.diagnostics] == ["input-format"]


def test_a_near_name_is_offered() -> None:
    with pytest.raises(CompileError) as caught:
        parse_inputs(("promt=x",), SCHEMA)
    assert caught.value.diagnostics[0].help == "did you mean 'prompt'?"


def test_files(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("content")
    url = "data:text/plain;base64,Y29udGVudA=="
    found = parse_inputs((f"image=@{file}", f"prompt=@{file}"), SCHEMA)
    assert found == {"image": url, "prompt": "content"}
    unions = (f"file_or_word=@{file}", f"files=@{file}", f"files=@{file}", f"word_or_list=@{file}")
    found = parse_inputs(unions, SCHEMA, '{"prompt": "p"}')
    assert found == {"prompt": "p", "file_or_word": url, "files": [url, url], "word_or_list": "content"}
    given = json.dumps({"prompt": "p", "file_or_word": f"@{file}", "files": [f"@{file}"], "either": "@x"})
    assert parse_inputs((), SCHEMA, given) == {"prompt": "p", "file_or_word": url, "files": [url], "either": "@x"}


def test_a_file_without_its_mark_is_pointed_out(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.touch()
    with pytest.raises(CompileError) as caught:
        parse_inputs(("prompt=x", f"image={file}"), SCHEMA)
    assert caught.value.diagnostics[0].help == f"for the file on this machine write @{file}"


def test_other_names_pass_where_the_predictor_takes_them() -> None:
    assert parse_inputs(("more=1",), _schema(extra=True)) == {"more": 1}


@pytest.mark.parametrize(
    ("document", "name", "value"),
    [
        ('{"prompt": "12"}', "prompt", "12"),
        ('{"prompt": "p", "count": 3}', "count", 3),
        ('{"prompt": "p", "count": "3"}', "count", 3),
        ('{"prompt": "p", "count": null}', "count", None),
        ('{"prompt": "p", "fast": "no"}', "fast", False),
        ('{"prompt": "p", "anything": {"a": [1]}}', "anything", {"a": [1]}),
        ('{"prompt": "p", "steps": ["1", 2]}', "steps", [1, 2]),
        ('{"prompt": "@ada"}', "prompt", "@ada"),
    ],
)
def test_values_of_json(document: str, name: str, value: Any) -> None:
    assert parse_inputs((), SCHEMA, document)[name] == value


def test_an_input_that_is_named_goes_before_that_of_json() -> None:
    assert parse_inputs(("count=2",), SCHEMA, '{"prompt": "p", "count": 3}') == {"prompt": "p", "count": 2}


def test_json_from_a_file_and_with_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("content")
    inputs = tmp_path / "inputs.json"
    inputs.write_text(json.dumps({"prompt": "p", "image": f"@{tmp_path / 'a.txt'}"}))
    found = parse_inputs((), SCHEMA, f"@{inputs}")
    assert found == {"prompt": "p", "image": "data:text/plain;base64,Y29udGVudA=="}


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("{", "the inputs of --json are no JSON: Expecting property name"),
        ("[]", "the inputs of --json are no object"),
        ("@nowhere.json", "the file of --json cannot be read: nowhere.json: No such file"),
    ],
)
def test_json_that_cannot_be_read(document: str, message: str) -> None:
    with pytest.raises(CompileError) as caught:
        parse_inputs((), SCHEMA, document)
    (found,) = caught.value.diagnostics
    assert found.code.id == "input-format"
    assert found.message.startswith(message)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("count=many", "the input 'count' takes a whole number from 1 to 10, not 'many'"),
        ("count=11", "the input 'count' takes a whole number from 1 to 10, not '11'"),
        ("when=soon", "the input 'when' takes a date and time like 2024-12-31T23:59:00Z, not 'soon'"),
        ("days=2024-02-30", "the input 'days' takes a list of dates like 2024-12-31, not '2024-02-30'"),
        ("size=medium", "the input 'size' takes one of 'small', 'large', not 'medium'"),
        ("fast=perhaps", "the input 'fast' takes true or false, not 'perhaps'"),
        ("steps=x", "the input 'steps' takes a list of whole numbers, not 'x'"),
        ("options=1", "the input 'options' takes an object in JSON, not '1'"),
        ("word=X", "the input 'word' takes text of at least 2 characters that matches ^[a-z]*$, not 'X'"),
        ("image=a.png", "the input 'image' takes a file (@PATH) or a URL, not 'a.png'"),
        ("image=@a.png", "the input 'image': a.png cannot be read: No such file or directory"),
    ],
)
def test_an_error_says_what_the_input_takes(given: str, message: str) -> None:
    with pytest.raises(CompileError) as caught:
        parse_inputs(("prompt=x", given), SCHEMA)
    assert caught.value.diagnostics[0].message == message


def test_a_secret_is_not_shown() -> None:
    with pytest.raises(CompileError) as caught:
        parse_inputs(("prompt=x",), SCHEMA, '{"token": 1234}')
    assert caught.value.diagnostics[0].message == "the input 'token' takes text, not this"


def test_a_missing_input_is_described() -> None:
    with pytest.raises(CompileError) as caught:
        parse_inputs((), SCHEMA)
    assert caught.value.diagnostics[0].help == "give it with -i prompt=…; it takes text: what to say"
