"""cogc weights ls and prune: what the store of this machine holds, and what of it nobody needs."""

import json
from pathlib import Path
from typing import Any

import click

from ..deliver.weights.pruning import needed
from ..store.prune import Keep, remove, unneeded, users
from ..store.store import Store
from ..weights.lock import LockedWeight
from .console import say
from .weights_meter import size_text
from .weights_project import (
    dry_run_option,
    json_option,
    names_argument,
    open_weights,
    project_options,
    verbose_option,
)


@click.command("ls")
@names_argument
@json_option
@verbose_option
@project_options
def ls(names: tuple[str, ...], as_json: bool, verbose: bool, folder: Path | None, config: str) -> None:
    """Lists the files of the weights (all, or those of the NAMEs), and how much the store of this machine holds."""
    declared, _ = open_weights(folder, config)
    store = Store.open()
    found = declared.locked(names)
    if as_json:
        click.echo(json.dumps([_facts(store, each) for each in found], indent=2))
        return
    for each in found:
        click.echo(f"{each.name}  {each.weights.target}  {size_text(each.weights.size)}  {each.weights.set_digest}")
        for file in each.weights.files:
            here = "here" if store.has(file.digest, file.size) else "—"
            digest = file.digest if verbose else file.digest.removeprefix("sha256:")[:12]
            click.echo(f"  {here:<4}  {digest}  {size_text(file.size):>8}  {file.path}")
    stored = tuple(store.all())
    total = size_text(sum(one.size for one in stored))
    say(f"The store in {store.root} holds {len(stored)} files, {total}; projects that use it: {len(users(store))}.")


@click.command("prune")
@names_argument
@click.option("--all", "everything", is_flag=True, help="Remove all of it, whoever needs it.")
@dry_run_option
@json_option
@project_options
def prune(
    names: tuple[str, ...], everything: bool, dry_run: bool, as_json: bool, folder: Path | None, config: str
) -> None:
    """Removes from the store of this machine what the weights.lock of no project names.

    With NAMEs those weights of this project count as not needed. Sources and registries are not touched.
    """
    store = Store.open()
    with store.to_itself():
        found = unneeded(store, Keep() if everything else _needed(store, names, folder, config))
        if not dry_run:
            remove(store, found)
    if as_json:
        click.echo(json.dumps({"files": len(found.files), "bytes": found.size}))
        return
    done = "would remove" if dry_run else "removed"
    click.echo(f"{done} {len(found.files)} files, {size_text(found.size)}")


def _needed(store: Store, names: tuple[str, ...], folder: Path | None, config: str) -> Keep:
    """Without names no project is looked at, so that it works anywhere."""
    if not names:
        return needed(store)
    declared, _ = open_weights(folder, config)
    return needed(store, declared.locked(names), declared.folder)


def _facts(store: Store, locked: LockedWeight) -> dict[str, Any]:
    files = [
        {"path": file.path, "size": file.size, "digest": file.digest, "here": store.has(file.digest, file.size)}
        for file in locked.weights.files
    ]
    return {
        "name": locked.name,
        "target": locked.weights.target,
        "setDigest": locked.weights.set_digest,
        "size": locked.weights.size,
        "files": files,
    }
