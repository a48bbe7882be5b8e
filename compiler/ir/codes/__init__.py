"""Every diagnostic code there is, in one block per stage."""

from types import ModuleType

from ..diagnostic import Code
from . import (
    building,
    commands,
    config,
    database,
    delivery,
    engine,
    lint,
    registry,
    requirements,
    resolution,
    signature,
    weights,
)

_BLOCKS: tuple[ModuleType, ...] = (
    config,
    requirements,
    signature,
    resolution,
    delivery,
    engine,
    building,
    commands,
    lint,
    database,
    weights,
    registry,
)

ALL: dict[str, Code] = {
    value.id: value for block in _BLOCKS for value in vars(block).values() if isinstance(value, Code)
}
