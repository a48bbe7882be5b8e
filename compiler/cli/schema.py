"""cogc schema: the OpenAPI document of the prediction API, from source alone."""

from pathlib import Path

import click

from ..pipeline import Compilation
from .console import show
from .project import config_option, find_project


@click.command("schema")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@config_option
def command(folder: Path | None, config: str) -> None:
    """Prints the OpenAPI document that the server of the project in DIR (by default the nearest one) will serve.

    The predictor is read, never imported: none of its packages need be installed.
    """
    from ..backends.schema import schema_json
    from ..compat import Compat

    compilation = Compilation(find_project(folder, config), config, Compat.bundled())
    document = schema_json(compilation.spec)
    show(compilation.diagnostics)
    click.echo(document, nl=False)
