"""No key of cog.yaml and no rule of the resolution that every golden case leaves out."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from cogc.compat import Compat
from cogc.frontend.files import FolderFiles
from cogc.frontend.load import load_environment
from cogc.ir.diagnostic import CompileError, Diagnostic
from cogc.ir.project import Files
from cogc.ir.space import Space
from cogc.ir.spec import Spec, Stated
from cogc.passes import PIPELINE
from cogc.passes.opening import opening
from cogc.pipeline import Compilation, Load
from cogc.resources import SCHEMAS

from .goldens import GOLDEN

SCHEMA = json.loads((SCHEMAS / "cog.schema.json").read_text("utf-8"))
ARM64 = GOLDEN / "commands" / "arm64-without-wheels" / "project"
COMPAT = Compat.bundled()
PARTS = ("anyOf", "oneOf", "allOf")


def keys_of_schema(part: Any, above: str = "") -> Iterator[str]:
    """`build.run.mounts.id`: through lists and alternatives."""
    if isinstance(part, dict) and "$ref" in part:
        part = SCHEMA["definitions"][part["$ref"].rpartition("/")[2]]
    for name, value in part.get("properties", {}).items():
        yield f"{above}{name}"
        yield from keys_of_schema(value, f"{above}{name}.")
    for inner in (*(one for name in PARTS for one in part.get(name, ())), *filter(None, [part.get("items")])):
        yield from keys_of_schema(inner, above)


def keys_of_value(value: Any, above: str = "") -> Iterator[str]:
    match value:
        case dict():
            for name, inner in value.items():
                yield f"{above}{name}"
                yield from keys_of_value(inner, f"{above}{name}.")
        case list():
            for inner in value:
                yield from keys_of_value(inner, above)


def values() -> Iterator[Any]:
    """What golden cases write; those about YAML itself are broken, or unfold without end."""
    for path in GOLDEN.glob("*/*/**/cog.yaml"):
        if "/yaml-" not in path.as_posix():
            with suppress(yaml.YAMLError):
                yield yaml.load(path.read_text(errors="replace"), yaml.CBaseLoader)


def test_every_key_is_in_a_case() -> None:
    written = {key for value in values() for key in keys_of_value(value)}
    assert set(keys_of_schema(SCHEMA)) <= written


def for_arm64(files: Files, config: str) -> tuple[Spec, tuple[Diagnostic, ...]]:
    """As `--platform linux/arm64` does."""
    spec, diagnostics = load_environment(files, config)
    return replace(spec, platform=Stated("linux/arm64", spec.config.start())), diagnostics


def acting_rules(folder: Path, front: Load) -> Iterator[str]:
    """Those that change how many candidates a question has, or whether it arises."""
    sizes: list[tuple[tuple[str, int], ...]] = []
    acting: list[str] = []

    def watch(rule: str, space: Space) -> None:
        sizes.append(tuple((domain.question, len(domain.candidates)) for domain in space.domains))
        acting.extend([rule] if sizes[-2:-1] != sizes[-1:] else [])

    compilation = Compilation(FolderFiles(folder), "cog.yaml", COMPAT, watch, front)
    with suppress(CompileError):
        watch("", opening(compilation.spec, COMPAT))
        compilation.space  # noqa: B018  # a stage is made by asking for it
    return iter(acting)


def test_every_rule_acts_in_a_case() -> None:
    folders = sorted({*GOLDEN.glob("conflict/*/input"), *GOLDEN.glob("resolve/*/input")})
    cases = [*((folder, load_environment) for folder in folders), (ARM64, for_arm64)]
    acting = {rule for folder, front in cases for rule in acting_rules(folder, front)}
    assert {rule for rule, _ in PIPELINE} <= acting
