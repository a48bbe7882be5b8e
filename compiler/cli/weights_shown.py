"""Weights for commands that run the model: mounted into its container, or linked to where it runs on this machine."""

from collections.abc import Iterable
from dataclasses import replace

import click

from ..deliver.weights.declared import lock_of
from ..deliver.weights.pruning import locks
from ..deliver.weights.showing import Shown, linked, mount_options, mount_points, shown
from ..ir.codes.store import WEIGHTS_MISSING
from ..ir.diagnostic import CompileError
from ..ir.recipe import SOURCE_FOLDER, ListWeights, Recipe
from ..ir.weight import MountedWeights
from ..store.store import Store
from ..weights.lock import Lock
from ..weights.runtime import mounted
from .building import Project
from .console import say


def weight_mounts(project: Project) -> tuple[str, ...]:
    """Options of docker. Raises CompileError (`weights-missing`)."""
    found = _of_project(project)
    click.get_current_context().with_resource(mount_points(project.folder, found))
    return mount_options(found)


def link_weights(project: Project) -> None:
    """Until the command ends. Raises CompileError (`weights-missing`, `weight-target-local`)."""
    unseen = click.get_current_context().with_resource(linked(project.folder, _of_project(project)))
    for target in unseen:
        inside = target.removeprefix(f"{SOURCE_FOLDER}/")
        say(f"Nothing can be put at {target} on this machine: the model finds its weights by the path {inside!r} only.")


def image_mounts(weights: Iterable[MountedWeights]) -> tuple[str, ...]:
    """For an image without its project: any project of this machine may have brought its weights.

    Raises CompileError (`weights-missing`).
    """
    needed = tuple(weights)
    if not needed:
        return ()
    store = Store.open()
    known = {each.weights.set_digest: each for lock in locks(store) for each in lock.weights}
    missing = [each for each in needed if each.digest not in known]
    if missing:
        message = f"no project of this machine has the weights {missing[0].name!r} of the image"
        help = "pull them in the model's project: `cogc weights pull`"
        raise CompileError([WEIGHTS_MISSING.bare(message, help=help)])
    renamed = {each.name: known[each.digest] for each in needed}
    found = tuple(replace(each, weights=replace(each.weights, name=name)) for name, each in renamed.items())
    with store.in_use():
        return mount_options(shown(store, Lock("", found), needed))


def sizes_here() -> dict[str, int]:
    """Bytes by set digest, of all that the projects of this machine have imported."""
    return {each.weights.set_digest: each.weights.size for lock in locks(Store.open()) for each in lock.weights}


def without_missing_weights(project: Project) -> Project:
    """For commands that do not ask the model: what is not on this machine is told, and left out."""
    here, store, lock = [], Store.open(), lock_of(project.folder)
    for each in mounted(project.recipe):
        locked = lock.find(each.name)
        if locked is not None and all(store.has(file.digest, file.size) for file in locked.weights.files):
            here.append(each)
        else:
            say(f"The weights {each.name!r} are not on this machine (cogc weights pull): going on without them.")
    return replace(project, recipe=_with_weights(project.recipe, tuple(here)))


def _with_weights(recipe: Recipe, weights: tuple[MountedWeights, ...]) -> Recipe:
    steps = (replace(step, weights=weights) if isinstance(step, ListWeights) else step for step in recipe.steps)
    return replace(recipe, steps=tuple(step for step in steps if step != ListWeights(())))


def _of_project(project: Project) -> tuple[Shown, ...]:
    """Before anything is built, as its absence would be found out after that."""
    if not mounted(project.recipe):
        return ()
    store = Store.open()
    with store.in_use():
        return shown(store, lock_of(project.folder), mounted(project.recipe))
