"""What was pushed becomes one: the name of the model stands for its images, and for the weights beside them."""

from collections.abc import Iterable
from contextlib import AbstractContextManager

import click

from ..deliver.weights.declared import lock_of
from ..deliver.weights.meter import Meter
from ..deliver.weights.pushable import check_pushable
from ..deliver.weights.pushing import push_index, push_weights
from ..deliver.weights.repository import origin_of
from ..registry.reference import Reference, parse_reference
from ..store.bring import Origin
from ..store.store import Store
from ..weights.lock import LockedWeight
from ..weights.runtime import mounted
from .building import Project


def check_weights(project: Project, targets: Iterable[str]) -> None:
    """Before an image is built: can its weights be pushed beside it?

    Raises CompileError (`weights-missing`, those of the registry).
    """
    store = Store.open()
    for target in targets:
        origin = _opened(parse_reference(target))
        for each in _needed(project):
            check_pushable(store, origin, each)


def as_one(project: Project, target: str, digests: Iterable[str], shown: AbstractContextManager[Meter]) -> str:
    """Pushes what the images with these digests need to their repository, and makes `target` stand for all of it.

    Gives the digest that `target` has then. Raises CompileError (those of an engine's push; `weights-missing`, those of
    the registry); until all is there, `target` stands for what it stood for before.
    """
    reference = parse_reference(target)
    origin, needed = _opened(reference), _needed(project)
    if needed:
        store = Store.open()
        with store.in_use(), shown as meter:
            for each in needed:
                push_weights(store, origin, each, meter)
    return push_index(origin, reference, digests, needed)


def _opened(reference: Reference) -> Origin:
    """Until the command ends."""
    origin = origin_of(reference)
    click.get_current_context().with_resource(origin.registry)
    return origin


def _needed(project: Project) -> tuple[LockedWeight, ...]:
    names = {each.name for each in mounted(project.recipe)}
    return tuple(each for each in lock_of(project.folder).weights if each.name in names)
