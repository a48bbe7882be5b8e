"""The published schema and the compiler: both refuse the same documents, the compiler with a code and a place."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft7Validator

from cogc.frontend.document import read_document
from cogc.frontend.files import FolderFiles
from cogc.frontend.load import load
from cogc.frontend.validate import schema, to_data, validate
from cogc.ir.diagnostic import CompileError, Diagnostic, Report
from cogc.ir.source import Source

from ..goldens import GOLDEN, cases

CONFIGS = [case for case in cases() if (GOLDEN / case / "input" / "cog.yaml").exists()]


def faults(text: str) -> tuple[Diagnostic, ...]:
    report = Report()
    document = read_document(Source("cog.yaml", text), report)
    assert document is not None
    assert not report.diagnostics
    validate(document, report)
    return tuple(report.diagnostics)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("build:\n  gpu: yes\n", "wrong-type 2:8"),
        ("build:\n  gpu: 1\n", "wrong-type 2:8"),
        ("build: [gpu]\n", "wrong-type 1:8"),
        ("build:\n  python_version: true\n", "wrong-type 2:19"),
        ("build:\n  python_version: {minor: 12}\n", "wrong-type 2:20"),
        ("build:\n  python_packages:\n    - 1\n    - ok\n    - [a]\n", "wrong-type 3:7, wrong-type 5:7"),
        ("build:\n  python_packages:\n    -\n", "blank-value 3:6"),
        ("build:\n  run:\n    - true\n", "wrong-type 3:7"),
        ("build:\n  run:\n    - command:\n", "blank-value 3:7"),
        ("build:\n  run:\n    - commnd: a\n", "unknown-key 3:7, missing-key 3:7"),
        ("build:\n  run:\n    - command: a\n      mounts:\n        - {}\n", "missing-key 5:11 * 3"),
        ("concurrency: 4\n", "wrong-type 1:14"),
        ("concurrency:\n", "blank-value 1:1"),
        ("concurrency:\n  max: -1\n", "bad-value 2:8"),
        ("concurrency:\n  max: 1.5\n", "wrong-type 2:8"),
        ("environment:\n  A: b\n", "wrong-type 2:3"),
        ("image: 1.0\n", "wrong-type 1:8"),
        (
            "nothing: 1\ngpu: true\nbuild: {python_overrides: x}\n",
            "unknown-key 1:1, misplaced-key 2:1, unsupported-key 3:9",
        ),
        ("build:\n  concurrency:\n    max: 1\n", "misplaced-key 2:3"),
        ("'': 1\n3: 1\ntrue: 1\n", "unknown-key 1:1, unknown-key 2:1, unknown-key 3:1"),
    ],
)
def test_each_fault_has_its_place(text: str, expected: str) -> None:
    expected, _, times = expected.partition(" * ")
    places = [(found.code.id, found.labels[0].span) for found in faults(text)]
    found = [f"{code} {span.line}:{span.column}" for code, span in places]
    assert found == expected.split(", ") * int(times or 1)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("pyhton_version: 3.12\n", "did you mean `build.python_version`?"),
        ("build:\n  python_package: []\n", "did you mean `python_packages`?"),
        ("build:\n  GPU: true\n", "did you mean `gpu`?"),
        ("build:\n  environment: []\n", "move it to the top level"),
        ("system_packages: []\n", "move it under `build`"),
        (
            "build: {python_overrides: a.txt}\n",
            "pin the packages in the requirements, or limit them by a file that `-c` names there",
        ),
        ("weights: [{name: a, target: /a, source: ./a}]\n", "write the place under `uri`: `source: {uri: ./a}`"),
        ("build: {run: [{command: a, mounts: [{type: bind, target: /a}]}]}\n", "write secret, cache"),
        ("build: {run: [{command: a, mounts: [{type: secret, target: /a}]}]}\n", "add `id:`"),
        ("build: {run: [{command: a, mount: []}]}\n", "did you mean `mounts`?"),
        ("run: [echo]\n", "setup commands stand under `build.run`; the top-level `run` names the class that predicts"),
        ("image: 3.10\n", 'quote it: "3.10"'),
    ],
)
def test_the_next_step_is_named(text: str, advice: str) -> None:
    assert [found.help for found in faults(text)] == [advice]


def parts(part: dict[str, Any], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key of the schema, with what it says of it."""
    for key, inner in part.get("properties", {}).items():
        yield f"{name}.{key}", inner
        yield from parts(inner, f"{name}.{key}")
    for key, inner in part.get("definitions", {}).items():
        yield from parts(inner, key)


PARTS = dict(parts(schema(), "cog.yaml"))


def test_the_schema_is_a_schema() -> None:
    Draft7Validator.check_schema(schema())
    assert schema()["$schema"] == Draft7Validator.META_SCHEMA["$schema"]


@pytest.mark.parametrize("name", PARTS)
def test_every_key_helps_in_an_editor(name: str) -> None:
    part = PARTS[name]
    assert part["title"]
    assert part["description"].endswith(".")
    for example in part.get("examples", []):
        Draft7Validator({**part, "definitions": schema()["definitions"]}).validate(example)
    for mapping in (inner for inner in [part] if "properties" in inner):
        assert mapping["additionalProperties"] is False


@pytest.mark.parametrize("case", CONFIGS)
def test_what_an_editor_refuses_the_compiler_refuses(case: str) -> None:
    """Patterns and exclusions stand in the schema for editors only; the compiler checks them by its own rules."""
    files = FolderFiles(GOLDEN / case / "input")
    try:
        load(files)
    except CompileError:
        return
    source = files.read("cog.yaml")
    assert source is not None
    document = read_document(source, Report())
    assert document is not None
    assert list(Draft7Validator(schema()).iter_errors(to_data(document))) == []
