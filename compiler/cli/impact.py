"""cogc impact: which steps of the image are built again if a file or a key changes."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from ..changes.impact import Supposed, changes_of_file, changes_of_key
from ..changes.rebuild import Rebuild, rebuild
from ..frontend.files import normal
from ..frontend.validate import schema
from ..ir.codes.commands import IMPACT_UNKNOWN
from ..ir.diagnostic import CompileError
from ..passes.steps import lower
from ..pipeline import Compilation
from .console import show
from .project import compat_option, config_option, database, find_project, folder_option
from .weights_option import FindLayers, weights_option


@dataclass(frozen=True, slots=True)
class Impact:
    """What follows from one change, where `condition` holds; it is blank for what follows for certain."""

    condition: str
    steps: Rebuild


@click.command("impact")
@click.argument("targets", metavar="PATH|KEY...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@folder_option
@config_option
@compat_option
@weights_option
def command(targets: tuple[str, ...], as_json: bool, folder: Path | None, config: str, find_layers: FindLayers) -> None:
    """Says for each file of the project (predict.py) or key of cog.yaml (build.system_packages) which steps of the
    image a change of it builds again, and which come from the cache."""
    project = find_project(folder, config)
    compilation = Compilation(project, config, database(), weights=find_layers(project.root))
    found = {target: tuple(_impacts(compilation, project.root, target)) for target in targets}
    show(compilation.diagnostics)
    click.echo((_json if as_json else _text)(found), nl=False)


def _impacts(compilation: Compilation, root: Path, target: str) -> Iterator[Impact]:
    for change in _changes(compilation, root, target):
        yield Impact(
            change.condition, rebuild(compilation.recipe, lower(change.plan, compilation.weights), change.files)
        )


def _changes(compilation: Compilation, root: Path, target: str) -> tuple[Supposed, ...]:
    """Raises CompileError (`impact-unknown`)."""
    from ..deliver.tree import entries

    path = normal(target)
    if (root / path).is_file():
        copied = any(entry.relative_to(root).as_posix() == path for entry in entries(root))
        return changes_of_file(compilation.plan, path, copied=copied)
    if _is_key(target):
        return changes_of_key(compilation.plan, target)
    message = f"{target} is neither a file of the project nor a key of cog.yaml"
    raise CompileError(
        [IMPACT_UNKNOWN.bare(message, help="write a path from the project's folder, or a key: build.cuda")]
    )


def _is_key(target: str) -> bool:
    part = schema()
    for name in target.split("."):
        part = part.get("properties", {}).get(name)
        if part is None:
            return False
    return True


def _text(found: dict[str, tuple[Impact, ...]]) -> str:
    return "\n".join("".join(f"{line}\n" for line in _lines(target, impacts)) for target, impacts in found.items())


def _lines(target: str, impacts: tuple[Impact, ...]) -> Iterator[str]:
    for impact in impacts:
        yield f"{target}, if {impact.condition}:" if impact.condition else f"{target}:"
        yield from (f"  kept         {step}" for step in impact.steps.kept)
        yield from (f"  built again  {step.step} ({step.cause})" for step in impact.steps.repeated)


def _json(found: dict[str, tuple[Impact, ...]]) -> str:
    changes = [
        {"target": target, "impacts": [asdict(impact) for impact in impacts]} for target, impacts in found.items()
    ]
    return json.dumps({"version": 1, "changes": changes}, indent=2, ensure_ascii=False) + "\n"
