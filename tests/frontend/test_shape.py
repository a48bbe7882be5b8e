"""The quick check of a document's shape against jsonschema, which it stands for where nothing is wrong."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from cogc.frontend.shape import RULES, fits
from cogc.frontend.validate import SHAPE, schema

# What takes no part: words for people, examples, and what `lower` checks itself.
_SILENT = {
    *("$schema", "$id", "title", "description", "default", "examples", "deprecated", "definitions"),
    *("pattern", "not", "$ref", "then", "oneOf", "maxLength", "minItems"),
}


def _parts(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every schema inside a schema."""
    yield part
    inner = [*part.get("properties", {}).values(), *part.get("definitions", {}).values()]
    for found in [*inner, *(part[key] for key in ("items", "if", "then") if key in part)]:
        yield from _parts(found)


def _names() -> st.SearchStrategy[str]:
    known = {name for part in _parts(schema()) for name in part.get("properties", {})}
    return st.sampled_from(sorted(known)) | st.sampled_from(["other", ""])


_VALUES = (
    st.sampled_from(["", "a", "devel", "secret", "cache", "3.12"]) | st.integers(-2, 3) | st.booleans() | st.none()
)
_SCALARS = _VALUES | st.sampled_from([0.0, 1.0, 1.5, float("inf"), float("nan")])
_DATA = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_names(), inner, max_size=4), max_leaves=12
)


def _of(part: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Data that often fits a part of the schema, and often nearly does."""
    if "$ref" in part:
        return st.deferred(lambda: _of(schema()["definitions"][part["$ref"].rpartition("/")[2]]))
    made = [_DATA, st.sampled_from(part.get("enum", [None]))]
    if "properties" in part:
        keys = {name: _of(inner) for name, inner in part["properties"].items()}
        made += [st.fixed_dictionaries({}, optional=keys)] * 3
    if "items" in part:
        made += [st.lists(_of(part["items"]), max_size=3)] * 3
    return st.one_of(made)


@given(_of(schema()))
def test_it_agrees_with_jsonschema(data: Any) -> None:
    faults = [error for error in Draft7Validator(schema()).iter_errors(data) if error.validator in SHAPE]
    assert fits(data, schema()) == (not faults)


@pytest.mark.parametrize("part", tuple(_parts(schema())), ids=lambda part: part.get("title", ""))
def test_every_keyword_of_the_schema_is_known(part: dict[str, Any]) -> None:
    assert set(part) <= {*RULES, *_SILENT}


def test_conditions_hang_on_known_keywords_alone() -> None:
    """jsonschema minds every keyword in a condition, also those that say nothing about the shape."""
    conditions = [found for part in _parts(schema()) if "if" in part for found in _parts(part["if"])]
    assert {keyword for part in conditions for keyword in part} <= set(RULES)
