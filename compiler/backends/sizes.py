"""Sizes of an image's layers, by what a person calls them."""

from ..ir.recipe import (
    CopySource,
    CopyWeights,
    EnsurePython,
    InstallProjects,
    InstallPython,
    InstallRequirements,
    InstallServer,
    InstallSystemPackages,
    InstallTools,
    Recipe,
    RunCommand,
    Step,
)
from .dockerfile import laid_out

Sizes = tuple[tuple[str, int], ...]

_THOUSAND = 1000
_UNITS = ("B", "kB", "MB", "GB", "TB")


def layer_sizes(recipe: Recipe, history: tuple[int, ...]) -> Sizes:
    """Bytes by name, in the order of the layers; nothing for a history that is not this recipe's.

    `history` has the size of each entry of the image's history, the newest first: every instruction makes one.
    """
    steps = tuple(step for block, step in laid_out(recipe) for _ in block.instructions)
    if len(history) <= len(steps):
        return ()
    oldest_first = history[::-1]
    base = len(history) - len(steps)
    found = {"base": sum(oldest_first[:base])}
    for step, size in zip(steps, oldest_first[base:], strict=True):
        found[_name(step)] = found.get(_name(step), 0) + size
    return tuple((name, size) for name, size in found.items() if size)


def sizes_text(sizes: Sizes) -> str:
    return " · ".join(f"{name} {human(size)}" for name, size in sizes)


def human(size: int) -> str:
    """Bytes as `4 kB`, `1.2 GB`."""
    amount, unit = float(size), 0
    while amount >= _THOUSAND - 0.5 and unit < len(_UNITS) - 1:
        amount, unit = amount / _THOUSAND, unit + 1
    return f"{amount:.1f} {_UNITS[unit]}" if amount < 10 and unit > 1 else f"{amount:.0f} {_UNITS[unit]}"


def _name(step: Step) -> str:
    match step:
        case InstallTools() | InstallSystemPackages():
            return "system"
        case InstallServer():
            return "server"
        case InstallPython() | EnsurePython() | InstallRequirements() | InstallProjects():
            return "python"
        case RunCommand():
            return "commands"
        case CopyWeights():
            return "weights"
        case CopySource():
            return "source"
    return "other"
