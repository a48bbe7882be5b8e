"""cogc train: one training, with the project or with an image."""

from pathlib import Path

import click

from ..deliver.endpoint import TRAINING
from .asking import Asking, ask_options, perform
from .building import Building, build_options
from .running import Running, Source, run_options, source_options


@click.command("train")
@ask_options
@click.option(
    "-o",
    "--output",
    "target",
    metavar="OUT",
    type=click.Path(path_type=Path, dir_okay=False),
    default="weights",
    show_default=True,
    help="Where to write the weights.",
)
@run_options
@source_options
@build_options
def command(asking: Asking, source: Source, running: Running, how: Building) -> None:
    """Trains with the project, or with IMAGE, and writes the weights.

    What cog.yaml names under `train` is called. Try the result with `cogc predict -e COG_WEIGHTS=weights`.
    """
    perform(TRAINING, asking, source, running, how)
