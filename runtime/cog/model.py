"""`BaseModel`: structured outputs on the model's own pydantic, 1 or 2."""

from typing import Any

try:
    import pydantic
except ImportError as error:
    raise ImportError(
        "cog.BaseModel needs pydantic (1.9 or newer, below 3): add it to python_packages or to the requirements"
    ) from error


if pydantic.VERSION.startswith("1."):

    class BaseModel(pydantic.BaseModel):
        """A structured output. Optional fields may be left out and are then None."""

        class Config:
            arbitrary_types_allowed = True

else:

    class BaseModel(pydantic.BaseModel):  # type: ignore[no-redef] # the other branch is pydantic 1
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


def _lacks_default(field: Any) -> bool:
    from .introspect.annotations import is_optional

    return bool(field.is_required() and is_optional(field.annotation))
