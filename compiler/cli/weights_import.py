"""cogc weights import: from the sources to the store of this machine and to weights.lock."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from ..deliver.weights.declared import Declared, write_lock
from ..deliver.weights.importing import imported
from ..deliver.weights.looking import Importer, looked_over
from ..deliver.weights.meter import Meter, Silent
from ..ir.weight import Weight
from ..store.prune import note_user
from ..store.store import Store
from ..weights.lock import Lock, LockedWeight
from ..weights.packing import Policy
from .console import say
from .weights_meter import meter, size_text
from .weights_project import dry_run_option, json_option, names_argument, open_weights, project_options, verbose_option


@click.command("import")
@names_argument
@dry_run_option
@json_option
@verbose_option
@project_options
def import_(
    names: tuple[str, ...], dry_run: bool, as_json: bool, verbose: bool, folder: Path | None, config: str
) -> None:
    """Reads the sources of the weights (all, or those of the NAMEs) and writes weights.lock.

    Files that did not change since the last import are not read again.
    """
    declared, _ = open_weights(folder, config)
    chosen = declared.chosen(names)
    store = Store.open()
    if dry_run:
        importer = _importer(declared, store, Silent())
        _print(as_json, [_planned(importer, weight) for weight in chosen])
        return
    with store.in_use(), meter(quiet=as_json) as shown:
        note_user(store, declared.folder)
        lock = _imported(_importer(declared, store, shown), declared, chosen)
    _tell(declared, lock, chosen, as_json, verbose)


def _importer(declared: Declared, store: Store, shown: Meter) -> Importer:
    now = datetime.now(tz=UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
    return Importer(declared.folder, store, declared.lock, shown, now)


def _imported(importer: Importer, declared: Declared, chosen: Iterable[Weight]) -> Lock:
    """Each set is written to the lock as soon as it is there; what cog.yaml no longer has is taken out."""
    lock = declared.lock
    for weight in chosen:
        with looked_over(importer, weight) as shares:
            found = imported(importer, weight, shares)
        lock = _written(declared.folder, lock, replace(lock.put(found), envelope=Policy().envelope))
    for left in (each.name for each in declared.drift if each.state == "orphaned"):
        lock = _written(declared.folder, lock, lock.without(left))
        say(f"Removed {left} from weights.lock: cog.yaml has it no longer.")
    return lock


def _written(folder: Path, before: Lock, lock: Lock) -> Lock:
    if lock != before:
        write_lock(folder, lock)
    return lock


def _planned(importer: Importer, weight: Weight) -> dict[str, Any]:
    with looked_over(importer, weight) as shares:
        unread = [found for share in shares for found in share.unread]
        known = [file for share in shares for file in share.known.values()]
    return {
        "name": weight.name,
        "target": weight.target,
        "files": sum(len(share.inventory.files) for share in shares),
        "read": len(unread),
        "bytes": sum(max(0, found.size) for found in unread),
        "size": sum(file.size for file in known) + sum(max(0, found.size) for found in unread),
    }


def _print(as_json: bool, plans: list[dict[str, Any]]) -> None:
    if as_json:
        click.echo(json.dumps(plans, indent=2))
        return
    for plan in plans:
        todo = f"would read {plan['read']} of them, {size_text(plan['bytes'])}" if plan["read"] else "none to read"
        click.echo(f"{plan['name']}: {plan['files']} files, {size_text(plan['size'])}; {todo}")


def _tell(declared: Declared, lock: Lock, chosen: Iterable[Weight], as_json: bool, verbose: bool) -> None:
    found = tuple(each for weight in chosen if (each := lock.find(weight.name)) is not None)
    if as_json:
        click.echo(json.dumps([_facts(each, declared.lock) for each in found], indent=2))
        return
    for each in found:
        state = "unchanged" if declared.lock.find(each.name) == each else "imported"
        weights = each.weights
        click.echo(f"{each.name}: {state}, {len(weights.files)} files, {size_text(weights.size)}, {weights.set_digest}")
        for file in weights.files if verbose else ():
            click.echo(f"  {file.digest.removeprefix('sha256:')[:12]}  {size_text(file.size):>8}  {file.path}")


def _facts(found: LockedWeight, before: Lock) -> dict[str, Any]:
    return {
        "name": found.name,
        "target": found.weights.target,
        "unchanged": before.find(found.name) == found,
        "files": len(found.weights.files),
        "size": found.weights.size,
        "setDigest": found.weights.set_digest,
        "digest": found.digest,
    }
