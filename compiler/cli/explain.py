"""cogc explain: why a version was picked, or what a diagnostic means."""

from pathlib import Path

import click

from ..ir.codes import ALL
from ..pipeline import Compilation
from .console import show
from .project import config_option, find_project, folder_option


@click.command("explain")
@click.argument("field", metavar="[FIELD|CODE]", required=False)
@folder_option
@config_option
def command(field: str | None, folder: Path | None, config: str) -> None:
    """Prints the reason of a decision (python, cuda, torch, base_image …), of all of them, or what a
    diagnostic's CODE means."""
    if field in ALL:
        click.echo(f"{field} ({ALL[field].severity})\n\n{ALL[field].explanation}")
        return
    from ..compat import Compat
    from ..explain import explain

    compilation = Compilation(find_project(folder, config), config, Compat.bundled())
    reasons = explain(compilation.plan, field)
    show(compilation.diagnostics)
    click.echo(reasons, nl=False)
