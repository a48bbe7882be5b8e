"""Weights beside an image that was pushed: the name of the model becomes the index of both."""

from collections.abc import Iterable

import click

from ..backends import docker
from ..deliver.push import push_as
from ..deliver.weights.declared import lock_of
from ..deliver.weights.pushable import check_pushable
from ..deliver.weights.pushing import push_index, push_weights
from ..deliver.weights.repository import origin_of
from ..ir.codes.store import WEIGHTS_PLATFORMS
from ..ir.diagnostic import CompileError
from ..registry.reference import Reference, parse_reference
from ..store.bring import Origin
from ..store.store import Store
from ..weights.lock import LockedWeight
from ..weights.runtime import mounted
from .building import Project
from .console import say
from .weights_meter import meter


def check_weights(project: Project, targets: Iterable[str], platforms: tuple[str, ...]) -> None:
    """Before an image is built: can its weights be pushed beside it?

    Raises CompileError (`weights-platforms`, `weights-missing`, those of the registry).
    """
    if len(platforms) > 1:
        message = f"an image for {' and '.join(platforms)} cannot have weights beside it"
        help = "push it for one platform, each under a name of its own"
        raise CompileError([WEIGHTS_PLATFORMS.bare(message, help=help)])
    store = Store.open()
    for target in targets:
        origin = _opened(parse_reference(target))
        for each in _needed(project):
            check_pushable(store, origin, each)


def push_with_weights(project: Project, target: str) -> str:
    """Pushes an image under a tag of its own, as cog has it, then its weights, and the index of both as `target`.

    Gives the digest that `target` has then. Raises CompileError (those of an engine's push; `weights-missing`, those of
    the registry); until all is there, `target` stands for what it stood for before.
    """
    digest = push_as(docker.tagged(target), docker.name_beside_weights(target), say)
    reference = parse_reference(target)
    origin, store, needed = _opened(reference), Store.open(), _needed(project)
    with store.in_use(), meter(quiet=False) as shown:
        for each in needed:
            push_weights(store, origin, each, shown)
        return push_index(origin, reference, digest, needed)


def _opened(reference: Reference) -> Origin:
    """Until the command ends."""
    origin = origin_of(reference)
    click.get_current_context().with_resource(origin.registry)
    return origin


def _needed(project: Project) -> tuple[LockedWeight, ...]:
    names = {each.name for each in mounted(project.recipe)}
    return tuple(each for each in lock_of(project.folder).weights if each.name in names)
