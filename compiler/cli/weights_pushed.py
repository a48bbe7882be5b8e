"""Weights beside an image that was pushed: the name of the model becomes the index of both."""

import click

from ..deliver.weights.declared import lock_of
from ..deliver.weights.pushing import push_index, push_weights
from ..deliver.weights.repository import origin_of
from ..registry.reference import parse_reference
from ..store.store import Store
from ..weights.runtime import mounted
from .building import Project
from .weights_meter import meter


def with_weights(project: Project, target: str, digest: str) -> str:
    """Pushes what the image needs to the repository that it was pushed to, as `target` with this digest.

    Gives the digest that `target` has then: that of the image, where it needs no weights.
    Raises CompileError (`weights-missing`, those of the registry).
    """
    names = tuple(each.name for each in mounted(project.recipe))
    if not names:
        return digest
    reference = parse_reference(target)
    origin, store = origin_of(reference), Store.open()
    click.get_current_context().with_resource(origin.registry)
    needed = tuple(each for each in lock_of(project.folder).weights if each.name in names)
    with store.in_use(), meter(quiet=False) as shown:
        for each in needed:
            push_weights(store, origin, each, shown)
        return push_index(origin, reference, digest, needed)
