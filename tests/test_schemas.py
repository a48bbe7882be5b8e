"""What commands print for programs fits the published schemas, in every golden case."""

import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from cogc.resources import SCHEMAS

from .goldens import GOLDEN

OF_OTHERS = {"cog", "compat"}  # of what people write; SARIF and OpenAPI have schemas of their own
OF_IMAGES = {"inspect"}  # printed of real images, in tests/engine
PUBLISHED = {
    path.name.removesuffix(".schema.json"): json.loads(path.read_text("utf-8"))
    for path in SCHEMAS.glob("*.schema.json")
}
REGISTRY: Registry[Any] = Registry().with_resources(
    (f"{name}.schema.json", Resource.from_contents(schema)) for name, schema in PUBLISHED.items() if name != "cog"
)


def documents() -> Iterator[tuple[str, Path]]:
    """Each golden JSON that has a version of its format, and the schema that it has to fit."""
    for path in sorted(GOLDEN.glob("*/*/plan.json")):
        yield "plan", path
    for path in sorted(GOLDEN.glob("*/*/recipe.json")):
        yield "recipe", path
    for path in sorted(GOLDEN.glob("*/*/std*.txt")):
        if path.read_text().startswith('{\n  "version": 1'):
            yield kind(path), path


def kind(path: Path) -> str:
    if '"diagnostics"' in path.read_text():
        return "diagnostics"
    words = shlex.split((path.parent / "command.txt").read_text())
    if words[1] in ("compile", "debug"):
        return words[words.index("--emit") + 1]
    return "why-not" if "--why-not" in words else words[1]


CASES = tuple(documents())


@pytest.mark.parametrize(("schema", "path"), CASES, ids=[str(path.relative_to(GOLDEN)) for _, path in CASES])
def test_documents_fit(schema: str, path: Path) -> None:
    assert schema in PUBLISHED, f"the JSON of `cogc {schema}` has no schema in schemas/"
    validator = Draft202012Validator(PUBLISHED[schema], registry=REGISTRY)
    faults = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(json.loads(path.read_text()))]
    assert not faults


@pytest.mark.parametrize("schema", sorted(PUBLISHED.keys() - OF_OTHERS - OF_IMAGES))
def test_every_schema_is_one_and_is_met(schema: str) -> None:
    Draft202012Validator.check_schema(PUBLISHED[schema])
    assert schema in {name for name, _ in CASES}, "no golden case prints such a document"
