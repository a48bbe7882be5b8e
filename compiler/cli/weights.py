"""cogc weights: the files of a model that lie beside its image."""

import click

from .group import NearGroup
from .weights_import import import_
from .weights_status import status, verify
from .weights_store import ls, prune
from .weights_transfer import pull, push


@click.group("weights", cls=NearGroup)
def command() -> None:
    """The files of a model that lie beside its image: fetched once, locked, pushed, pulled, shown to the model.

    `weights` in cog.yaml says where they come from, weights.lock what they are: commit it.
    """


_SUMMARIES = {
    import_: "read the sources, and write weights.lock",
    status: "say how the weights stand, and what to do next",
    push: "send the weights to the registry",
    pull: "bring the weights of weights.lock to this machine",
    verify: "read every file here, and compare it with weights.lock",
    ls: "list the files of the weights",
    prune: "remove what no project of this machine needs",
}
for _each, _summary in _SUMMARIES.items():
    _each.short_help = _summary
    command.add_command(_each)
