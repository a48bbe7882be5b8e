"""Lets pydantic 1 and 2 models hold our file types as fields."""

from typing import Any, Callable, Iterator


class PydanticField:
    """A class that both versions of pydantic validate by its own `validate`; neither is imported here."""

    @classmethod
    def validate(cls, value: Any) -> Any:
        raise NotImplementedError

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], Any]]:
        yield cls.validate

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(cls.validate)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> Any:
        return {"type": "string", "format": "uri"}
