"""cogc weights: the files of a model that lie beside its image."""

import click

from .weights_import import import_
from .weights_status import status, verify
from .weights_store import ls, prune
from .weights_transfer import pull, push


@click.group("weights")
def command() -> None:
    """The files of a model that lie beside its image: fetched once, locked, pushed, pulled, shown to the model.

    `weights` in cog.yaml says where they come from, weights.lock what they are: commit it.
    """


for _each in (import_, status, push, pull, verify, ls, prune):
    command.add_command(_each)
