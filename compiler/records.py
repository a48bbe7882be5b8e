"""What dataclasses that are written out (see setup.py) share; it does what `dataclasses` does, without importing it."""

from collections.abc import Mapping
from typing import Any, NoReturn, TypeVar

R = TypeVar("R")

MISSING: Any = object()  # where a field's default is made anew for each record
set_field = object.__setattr__


def replace(record: R, /, **changes: Any) -> R:
    names: tuple[str, ...] = record.__match_args__  # type: ignore[attr-defined]  # every dataclass has it
    return type(record)(**{name: getattr(record, name) for name in names} | changes)


def fields(record: Any) -> tuple[Any, ...]:
    import dataclasses

    return dataclasses.fields(record)


def is_dataclass(value: Any) -> bool:
    import dataclasses

    return dataclasses.is_dataclass(value)


def asdict(record: Any) -> dict[str, Any]:
    import dataclasses

    return dataclasses.asdict(record)


def refuse_set(self: object, name: str, value: object) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def refuse_delete(self: object, name: str) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")


def state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__match_args__]


def restore(self: Any, values: list[Any]) -> None:
    for name, value in zip(self.__match_args__, values, strict=True):
        set_field(self, name, value)


class Fields:
    """`__dataclass_fields__`, by which `dataclasses` knows its own: made when somebody asks."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, record: object, owner: type) -> Mapping[str, Any]:
        from dataclasses import make_dataclass

        names: tuple[str, ...] = owner.__match_args__  # type: ignore[attr-defined]  # every dataclass has it
        made = make_dataclass(owner.__name__, names, kw_only=True)
        found: Mapping[str, Any] = vars(made)[self.name]
        defaults = owner.__init__.__defaults__ or ()  # type: ignore[misc]  # of this class, not of one below it
        for name, default in zip(reversed(names), reversed(defaults), strict=False):
            if default is not MISSING:
                found[name].default = default
        setattr(owner, self.name, found)  # and so this is asked once
        return found
