"""cogc weights push and pull: between the store of this machine and the registry."""

import json
from pathlib import Path
from typing import Any

import click

from ..deliver.weights.pulling import missing_of, pull_to
from ..deliver.weights.pulling import pull as pull_weights
from ..deliver.weights.pushing import Pushed, push_weights
from ..store.prune import note_user
from ..store.store import Store
from ..weights.lock import LockedWeight
from .weights_meter import meter, size_text
from .weights_project import (
    dry_run_option,
    json_option,
    names_argument,
    open_weights,
    origin,
    project_options,
    verbose_option,
)


@click.command("push")
@names_argument
@dry_run_option
@json_option
@verbose_option
@project_options
def push(names: tuple[str, ...], dry_run: bool, as_json: bool, verbose: bool, folder: Path | None, config: str) -> None:
    """Pushes the weights (all, or those of the NAMEs) to the repository of the model.

    What the registry has is not sent again; a push that was interrupted goes on where it stopped.
    """
    declared, spec = open_weights(folder, config)
    chosen, home = declared.up_to_date(names), origin(spec)
    store = Store.open()
    if dry_run:
        plans = [_absent(each, home.registry.has_blob, home.repository) for each in chosen]
        _print(as_json, plans, "would send {blobs} blobs, {size}")
        return
    with store.in_use(), meter(quiet=as_json) as shown:
        note_user(store, declared.folder)
        pushed = tuple(push_weights(store, home, each, shown) for each in chosen)
    if as_json:
        click.echo(json.dumps([_facts(each) for each in pushed], indent=2))
        return
    for each in pushed:
        click.echo(f"{each.name}: {each.reference}")
        for tag in each.tags if verbose else ():
            click.echo(f"  {each.reference.host}/{each.reference.repository}:{tag}")


@click.command("pull")
@names_argument
@click.option("--to", "root", metavar="DIR", type=click.Path(path_type=Path, file_okay=False), help=(
    "Put the files below DIR, which stands for the root of the model's container: `--to /` in an init container."
))  # fmt: skip
@dry_run_option
@json_option
@verbose_option
@project_options
def pull(
    names: tuple[str, ...], root: Path | None, dry_run: bool, as_json: bool, verbose: bool, folder: Path | None,
    config: str,
) -> None:  # fmt: skip
    """Brings the weights of weights.lock (all, or those of the NAMEs) from the registry to this machine.

    Every file is checked against weights.lock before it gets its name. What is here already is not fetched.
    """
    declared, spec = open_weights(folder, config)
    chosen = declared.in_lock(names)
    store = Store.open()
    if dry_run:
        plans = [{"name": each.name, "bytes": missing_of(store, each)} for each in chosen]
        _print(as_json, plans, "would fetch {size}")
        return
    home = origin(spec)
    with store.in_use(), meter(quiet=as_json) as shown:
        note_user(store, declared.folder)
        before = {each.name: missing_of(store, each) for each in chosen}
        for each in chosen:
            if root is None:
                pull_weights(store, home, each, shown)
            else:
                pull_to(store, home, each, root, shown)
    _tell(chosen, before, root, as_json, verbose)


def _tell(
    chosen: tuple[LockedWeight, ...], fetched: dict[str, int], root: Path | None, as_json: bool, verbose: bool
) -> None:
    places = {each.name: "" if root is None else str(root / each.weights.target.lstrip("/")) for each in chosen}
    if as_json:
        facts = [{"name": each.name, "bytes": fetched[each.name], "folder": places[each.name]} for each in chosen]
        click.echo(json.dumps(facts, indent=2))
        return
    for each in chosen:
        said = f"fetched {size_text(fetched[each.name])}" if fetched[each.name] else "was here already"
        where = f", in {places[each.name]}" if places[each.name] else ""
        click.echo(f"{each.name}: {said}, {len(each.weights.files)} files, {each.weights.set_digest}{where}")
        for file in each.weights.files if verbose else ():
            click.echo(f"  {size_text(file.size):>8}  {file.path}")


def _absent(locked: LockedWeight, has_blob: Any, repository: str) -> dict[str, Any]:
    absent = [layer for layer in locked.layers if not has_blob(repository, layer.digest)]
    return {"name": locked.name, "blobs": len(absent), "bytes": sum(layer.size for layer in absent)}


def _print(as_json: bool, plans: list[dict[str, Any]], text: str) -> None:
    if as_json:
        click.echo(json.dumps(plans, indent=2))
        return
    for plan in plans:
        click.echo(f"{plan['name']}: " + text.format(**plan, size=size_text(plan["bytes"])))


def _facts(pushed: Pushed) -> dict[str, Any]:
    return {"name": pushed.name, "reference": str(pushed.reference), "tags": list(pushed.tags)}
