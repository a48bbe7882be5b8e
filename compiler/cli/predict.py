"""cogc predict: one prediction, with the project or with an image."""

from pathlib import Path

import click

from ..deliver.endpoint import PREDICTION
from .asking import Asking, ask_options, perform
from .building import Building, build_options
from .running import Running, Source, run_options, source_options


@click.command("predict")
@ask_options
@click.option(
    "-o",
    "--output",
    "target",
    metavar="OUT",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write the output.",
)
@run_options
@source_options
@build_options
def command(asking: Asking, source: Source, running: Running, how: Building) -> None:
    """Makes one prediction with the project, or with IMAGE, and prints or writes its output."""
    perform(PREDICTION, asking, source, running, how)
