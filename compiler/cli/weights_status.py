"""cogc weights status and verify: how the weights stand, and whether their bytes are sound."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from ..deliver.weights.status import Status
from ..deliver.weights.status import status as status_of
from ..deliver.weights.verifying import Verdict
from ..deliver.weights.verifying import verify as verify_files
from ..ir.codes.store import WEIGHTS_CORRUPT, WEIGHTS_MISSING
from ..ir.diagnostic import CompileError, Diagnostic
from ..store.store import Store
from .console import say
from .weights_meter import meter, size_text
from .weights_project import json_option, names_argument, open_weights, origin, project_options, verbose_option

_NEXT = {
    "ready": "",
    "pending": "cogc weights import",
    "orphaned": "cogc weights import takes them out of weights.lock",
    "config-changed": "cogc weights import",
    "unpushed": "cogc weights push",
}


@click.command("status")
@names_argument
@click.option("--offline", is_flag=True, help="Do not ask the registry.")
@json_option
@verbose_option
@project_options
def status(
    names: tuple[str, ...], offline: bool, as_json: bool, verbose: bool, folder: Path | None, config: str
) -> None:
    """Says how the weights stand: in cog.yaml, in weights.lock, on this machine and in the registry.

    The exit code is 1 unless all are ready.
    """
    declared, spec = open_weights(folder, config)
    if names:
        declared.chosen(names)
    home = None if offline or not declared.lock.weights else origin(spec)
    found = tuple(each for each in status_of(declared, Store.open(), home) if not names or each.name in names)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], indent=2))
    elif not found:
        say("cog.yaml has no weights.")
    else:
        _show(found, verbose)
    if not all(each.is_ready for each in found):
        raise SystemExit(1)


def _show(found: tuple[Status, ...], verbose: bool) -> None:
    width = max(len(each.name) for each in found)
    for each in found:
        files = f"{each.here} of {each.files} files here, {size_text(each.size)}" if each.files else ""
        changed = f" ({', '.join(each.changed)})" if each.changed else ""
        parts = (f"{each.name:<{width}}  {each.state}{changed}", each.target, files, _next(each))
        click.echo("  ".join(part for part in parts if part))
        if verbose and each.files:
            click.echo(f"{'':<{width}}  set {each.set_digest}\n{'':<{width}}  manifest {each.digest}")


def _next(found: Status) -> str:
    here = found.is_ready and found.here < found.files
    advice = "cogc weights pull" if here else _NEXT[found.state]
    return f"→ {advice}" if advice else ""


@click.command("verify")
@names_argument
@json_option
@verbose_option
@project_options
def verify(names: tuple[str, ...], as_json: bool, verbose: bool, folder: Path | None, config: str) -> None:
    """Reads every file of the weights on this machine and compares it with weights.lock.

    Files that are damaged are removed, so that `cogc weights pull` or `import` brings them anew, and so are files that
    others have put beside them. The exit code is 1 unless all are there and sound, and nothing else is.
    """
    declared, _ = open_weights(folder, config)
    store = Store.open()
    with store.in_use(), meter(quiet=as_json) as shown:
        verdicts = verify_files(store, declared.in_lock(names), shown)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in verdicts], indent=2))
    for each in verdicts if not as_json else ():
        click.echo(f"{each.name}: {len(each.sound)} files are sound")
        for path in each.sound if verbose else ():
            click.echo(f"  {path}")
    if faults := [fault for each in verdicts for fault in _faults(each)]:
        raise CompileError(faults)


def _faults(verdict: Verdict) -> tuple[Diagnostic, ...]:
    help = "`cogc weights pull` brings them from the registry, `cogc weights import` from their source"
    found = []
    if verdict.damaged:
        message = f"weights {verdict.name!r}: damaged, and now removed: {', '.join(verdict.damaged)}"
        found.append(WEIGHTS_CORRUPT.bare(message, help=help))
    if verdict.foreign:
        message = (
            f"weights {verdict.name!r}: not theirs, and now removed from their folder: {', '.join(verdict.foreign)}"
        )
        advice = "nothing of the weights is lost; a model that runs as root with `--local` must not write there"
        found.append(WEIGHTS_CORRUPT.bare(message, help=advice))
    if verdict.missing:
        message = f"weights {verdict.name!r}: not on this machine: {', '.join(verdict.missing)}"
        found.append(WEIGHTS_MISSING.bare(message, help=help))
    return tuple(found)
