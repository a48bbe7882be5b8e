"""docs/cog-yaml.md has every key of the schema; those of weights are on the page that it links to."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "schemas" / "cog.schema.json").read_text())
PAGE = (ROOT / "docs" / "cog-yaml.md").read_text()
PAGES = {"": PAGE, "weights": (ROOT / "docs" / "weights.md").read_text()}


def _keys(part: dict[str, Any], within: str) -> Iterator[tuple[str, str]]:
    """Each key, and what it is a key of."""
    for name, value in part.get("properties", {}).items():
        yield within, name
        yield from _keys(value, name)


def _all_keys() -> Iterator[tuple[str, str]]:
    yield from _keys(SCHEMA, "")
    for name, definition in SCHEMA["definitions"].items():
        yield from _keys(definition, name)


@pytest.mark.parametrize(("within", "key"), sorted(set(_all_keys())))
def test_every_key_is_on_the_page(within: str, key: str) -> None:
    page = PAGES["weights" if within.startswith("weight") else ""]
    names = f"{within}.{key}" if within in ("build", "concurrency") else key
    assert re.search(rf"`({re.escape(names)}|{key})[`:]|^\s*(- )?{key}: ", page, re.MULTILINE)


@pytest.mark.parametrize("key", sorted(SCHEMA["properties"]["build"]["properties"]))
def test_every_key_of_build_has_a_row(key: str) -> None:
    """A text that mentions a key in passing does not say what may stand there."""
    assert re.search(rf"^\| (`build\.\w+`, )*`(build\.)?{key}`.* \|", PAGE, re.MULTILINE)
