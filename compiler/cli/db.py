"""cogc db: shows the compatibility database, says what is newer in the world, and brings it up to date."""

import sys
from datetime import UTC, datetime
from difflib import unified_diff
from pathlib import Path
from typing import Any

import click

from .. import resources
from ..compat import Compat
from .console import say
from .group import NearGroup
from .project import compat_option, database

PACKAGES = ("torch", "tensorflow", "jax", "onnxruntime-gpu")
_FILES = sorted(path.stem for path in resources.COMPAT.glob("*.jsonl"))
_INDEX = click.option(
    "--index", "url", metavar="URL",
    help="The Simple API to read; by default that of PIP_INDEX_URL, UV_DEFAULT_INDEX, UV_INDEX_URL or pip's own files.",
)  # fmt: skip
_PACKAGES = click.argument("packages", metavar="[PACKAGE]…", nargs=-1, type=click.Choice(PACKAGES))


@click.group("db", cls=NearGroup)
def command() -> None:
    """The compatibility database: which versions work with which Python, CUDA and cuDNN.

    It comes with cogc. A newer one is a folder: make it with `cogc db update --compat DIR`, and compile with it by
    `cogc compile --compat DIR`.
    """


@command.command("show", short_help="print the rows of a file")
@click.argument("file", metavar="[FILE]", required=False, type=click.Choice(_FILES))
@compat_option
def show(file: str | None) -> None:
    """Prints the rows of FILE, such as torch or cuda_images; without one, which files there are."""
    compat = database()
    if file is not None:
        click.echo("".join(f"{place.line:>4}  {_row(row)}\n" for place, row in compat.rows(file)), nl=False)
        return
    for name in _FILES:
        rows = [row for _, row in compat.rows(name)]
        click.echo(f"{name:<14} {len(rows):>4} rows, the last {_row(rows[-1])}")


@command.command("check", short_help="ask the package index for newer releases")
@_PACKAGES
@_INDEX
@compat_option
def check(packages: tuple[str, ...], url: str | None) -> None:
    """Asks the package index for releases that are newer than those of the database. Exits with 1 if there are any."""
    from ..db.index import JsonIndex
    from ..db.setting import index_url
    from ..db.update import newer, readers_of, rows_of

    found = tuple(newer(JsonIndex.open(index_url(url)), rows_of(database()), readers_of(packages)))
    for one in found:
        click.echo(f"{one.project} {one.found} is newer than {one.known}, the newest in the database")
    if found:
        raise SystemExit(1)
    say("The database has the newest release of each package.")


@command.command("update", short_help="read the wheels of the package index again")
@_PACKAGES
@_INDEX
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--compat", "folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False), help=(
    "The folder to bring up to date; a new one gets the files that change."
))  # fmt: skip
def update(packages: tuple[str, ...], url: str | None, yes: bool, folder: Path | None) -> None:
    """Reads the wheels of the package index again, shows what changes, and writes it when it is told to.

    Rows of what the index does not have stay as they are; rows that change say where and when they were read.
    """
    from ..db.index import JsonIndex
    from ..db.setting import index_url
    from ..db.update import readers_of, rows_of, updated

    compat = Compat(folder or _own_folder())
    index = JsonIndex.open(index_url(url))
    source = f"package index {datetime.now(tz=UTC).date()}"
    changes = tuple(updated(index, rows_of(compat), readers_of(packages), source))
    for name, before, after in changes:
        click.echo("".join(_diff(name, before, after)), nl=False)
    if not changes:
        say(f"The database says what {index.shown} says{_unmade(compat.folder)}.")
    elif yes or _agrees():
        _write(compat.folder, {name: after for name, _, after in changes})


def _own_folder() -> Path:
    """A checkout's own files are there to be changed, those of an installation are not."""
    if resources.COMPAT.parent.name == "_data":
        raise click.UsageError("name the folder to bring up to date: --compat DIR")
    return resources.COMPAT


def _unmade(folder: Path) -> str:
    """What becomes of a folder that was named to be written, where there is nothing to write."""
    return "" if any(folder.glob("*.jsonl")) else f"; nothing is newer, so nothing is written to {folder}"


def _diff(name: str, before: str, after: str) -> list[str]:
    old, new = (text.splitlines(keepends=True) for text in (before, after))
    return list(unified_diff(old, new, fromfile=f"a/{name}", tofile=f"b/{name}", n=0))


def _agrees() -> bool:
    if sys.stdin.isatty():
        return click.confirm("Write this?", err=True)
    say("Nothing is written; add --yes to write it.")
    return False


def _write(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    say(f"Wrote {', '.join(files)} in {folder}.")


def _row(row: dict[str, Any]) -> str:
    """`torch 2.5.1, cuda 12.4, python 3.9 3.10`."""
    return ", ".join(f"{name} {' '.join(value) if isinstance(value, list) else value}" for name, value in row.items())
