"""cogc diff: what changed in meaning between two projects, two revisions, or under two databases."""

from pathlib import Path

import click

from ..changes.compare import Comparison, Side, compare
from ..compat import Compat
from ..deliver.snapshot import Snapshot, folder_snapshot, revision_snapshot
from ..ir.diagnostic import CompileError
from ..pipeline import Compilation
from .console import say
from .project import config_option, find_project

Databases = tuple[Path, Path]


@click.command("diff")
@click.argument("places", metavar="[A] [B]", nargs=-1)
@click.option("--compat", "databases", metavar="OLD NEW", nargs=2, help=(
    "Compile one project, [A], with two databases: what would move with NEW?"
), type=click.Path(path_type=Path, exists=True, file_okay=False))  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@config_option
def command(places: tuple[str, ...], databases: Databases | None, as_json: bool, config: str) -> None:
    """Says what changed in meaning from A to B: versions and why they moved, requirement lines, inputs and output
    of the model, and which steps of the image are built again. B is the project here where it is left out.

    A and B are folders, or revisions of git: `HEAD~1:` is this project one commit ago, `main:models/a` a folder,
    counted from the repository's root, on main.

    The exit code is 1 if a change breaks clients of the API: an input that was removed, became required or takes
    less than before, or an output of another form.
    """
    sides = _of_places(places, config) if databases is None else _of_databases(places, databases, config)
    found = compare(*sides)
    click.echo((_json if as_json else _text)(found), nl=False)
    if found.is_breaking:
        raise SystemExit(1)


def _text(found: Comparison) -> str:
    from ..changes.text import comparison_text

    return comparison_text(found)


def _json(found: Comparison) -> str:
    from ..changes.json import comparison_json

    return comparison_json(found)


def _of_places(places: tuple[str, ...], config: str) -> tuple[Side, Side]:
    if not 1 <= len(places) <= 2:
        raise click.UsageError("name one or two projects: cogc diff HEAD~1:, or cogc diff OLD NEW")
    here = "." if len(places) > 1 else str(find_project(None, config).root)
    near = next((Path(place) for place in (*places, here) if Path(place).is_dir()), Path.cwd())
    before, after = (*places, here)[:2]
    compat = Compat.bundled()
    return _side(before, near, config, compat), _side(after, near, config, compat)


def _is_revision(place: str) -> bool:
    return ":" in place and not Path(place).exists()


def _of_databases(places: tuple[str, ...], databases: Databases, config: str) -> tuple[Side, Side]:
    if len(places) > 1:
        raise click.UsageError("with --compat, name one project")
    folder = find_project(Path(places[0]) if places else None, config).root
    before, after = (_side(str(folder), folder, config, Compat(database)) for database in databases)
    return before, after


def _side(place: str, near: Path, config: str, compat: Compat) -> Side:
    """Raises CompileError, after saying which of the two does not compile."""
    snapshot = _snapshot(place, near, config)
    try:
        compilation = Compilation(snapshot.files, config, compat)
        return Side(compilation.plan, compilation.recipe, snapshot.digests(compilation.recipe.paths))
    except CompileError:
        say(f"{place} does not compile:")
        raise


def _snapshot(place: str, near: Path, config: str) -> Snapshot:
    if _is_revision(place):
        revision, _, path = place.partition(":")
        return revision_snapshot(revision, path, near)
    return folder_snapshot(find_project(Path(place), config).root)
