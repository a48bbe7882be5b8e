"""cogc init: an annotated project that compiles and serves as it is."""

from pathlib import Path

import click

from .console import say
from .format_option import format_option

_NEXT = "Next: `cogc predict -i text=hello` with Docker, or with --local and without it; `cogc doctor` looks it over."
_NEXT_OF_YOURS = "Next: `cogc doctor` looks over the project as it is now; `cogc schema` says what its model takes."


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path, file_okay=False))
@format_option
def command(folder: Path) -> None:
    """Writes a new project into DIR (by default here): cog.yaml, a predictor, requirements, an ignore file for the
    image, and a workflow for GitHub. Files that exist are left alone."""
    from .scaffold import scaffold

    written = {path: _write(folder / path, text) for path, text in scaffold()}
    for path, is_new in written.items():
        say(f"{'wrote' if is_new else 'kept '} {path}")
    say(_NEXT if written["cog.yaml"] and written["predict.py"] else _NEXT_OF_YOURS)


def _write(path: Path, text: str) -> bool:
    """False where something is there already; nothing of the user's is ever replaced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return False
    return True
