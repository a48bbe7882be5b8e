"""`BaseModel` where the model's environment has no pydantic: dataclasses that are made by name."""

import copy
import dataclasses
import functools
from typing import Any

from .introspect.annotations import hints_of, is_optional

_MUTABLE = (list, dict, set)


class BaseModel:
    """A structured output. Optional fields may be left out and are then None; unknown names are ignored."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name in vars(cls).get("__annotations__", {}):
            default = vars(cls).get(name)
            if isinstance(default, _MUTABLE):
                # Each object gets its own.
                setattr(cls, name, dataclasses.field(default_factory=functools.partial(copy.deepcopy, default)))
        # Made without its __init__, a field without a default may follow one that has it.
        dataclasses.dataclass(init=False)(cls)

    def __init__(self, **values: Any) -> None:
        hints = hints_of(type(self))
        for field in dataclasses.fields(self):  # type: ignore[arg-type] # subclasses are dataclasses
            given = field.name in values
            setattr(self, field.name, values[field.name] if given else _default_of(field, hints[field.name]))


def _default_of(field: Any, hint: Any) -> Any:
    """Raises ValueError for a field that must be given."""
    if field.default is not dataclasses.MISSING:
        return field.default
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    if is_optional(hint):
        return None
    raise ValueError(f"the field {field.name!r} is required")
