"""`BaseModel`: structured outputs on the model's own pydantic, 1 or 2, or on none."""

from typing import Any

try:
    import pydantic

    _VERSION = pydantic.VERSION
except ModuleNotFoundError as error:
    if error.name != "pydantic":
        raise
    _VERSION = ""


if _VERSION.startswith("1."):

    class BaseModel(pydantic.BaseModel):
        """A structured output. Optional fields may be left out and are then None."""

        class Config:
            arbitrary_types_allowed = True

elif _VERSION:

    class BaseModel(pydantic.BaseModel):  # type: ignore[no-redef] # of another environment
        """A structured output. Optional fields may be left out and are then None."""

        model_config = pydantic.ConfigDict(arbitrary_types_allowed=True)

        @classmethod
        def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
            # pydantic 1 gave Optional fields the default None; models rely on it.
            super().__pydantic_init_subclass__(**kwargs)
            lacking = [field for field in cls.model_fields.values() if _lacks_default(field)]
            for field in lacking:
                field.default = None
            if lacking:
                cls.model_rebuild(force=True)

else:
    from .plain_model import BaseModel as BaseModel  # type: ignore[assignment] # of another environment


def _lacks_default(field: Any) -> bool:
    from .introspect.annotations import is_optional

    return bool(field.is_required() and is_optional(field.annotation))
