"""The types of a model's interface and their JSON form, which is also the wire format."""

from dataclasses import dataclass, fields
from typing import Any, Dict, Optional, Tuple

SCALARS = ("str", "int", "float", "bool", "path", "file", "secret", "date", "datetime", "any", "none")
CONTAINERS = ("list", "dict", "iterator", "record", "union", "enum")


@dataclass(frozen=True)
class Type:
    """One type of the interface; `kind` says which of the other fields have a meaning.

    - `str int float bool path file secret date datetime any none`: nothing else.
    - `list`, `iterator`: `items`. An iterator with `concatenate` is a text stream.
    - `dict`: `items` is the type of the values, `any` when not stated.
    - `record`: `name` and `fields` (a class with annotated attributes, or a TypedDict).
    - `union`: `options`, without `none`: a union with None is `nullable`.
    - `enum`: `values` (a Literal or an Enum class), all text or all integers.

    `nullable` is true for `Optional[T]` and `T | None`.
    """

    kind: str
    nullable: bool = False
    items: Optional["Type"] = None
    options: Tuple["Type", ...] = ()
    fields: Tuple["Field", ...] = ()
    values: Tuple[Any, ...] = ()
    name: str = ""
    concatenate: bool = False

    def __post_init__(self) -> None:
        if self.kind not in SCALARS + CONTAINERS:
            raise ValueError(f"unknown kind of type: {self.kind!r}")

    def holds(self, *kinds: str) -> bool:
        """True for a type of one of these kinds, and for what has one somewhere inside."""
        inner = (*self.options, *(field.type for field in self.fields), *((self.items,) if self.items else ()))
        return self.kind in kinds or any(type_.holds(*kinds) for type_ in inner)

    def to_json(self) -> Dict[str, Any]:
        return _compact(
            self,
            items=self.items and self.items.to_json(),
            options=[option.to_json() for option in self.options],
            fields=[field.to_json() for field in self.fields],
            values=list(self.values),
        )

    @classmethod
    def from_json(cls, data: Dict[str, Any]) -> "Type":
        known = dict(data)
        if "items" in known:
            known["items"] = cls.from_json(known["items"])
        known["options"] = tuple(cls.from_json(option) for option in known.get("options", ()))
        known["fields"] = tuple(Field.from_json(field) for field in known.get("fields", ()))
        known["values"] = tuple(known.get("values", ()))
        return cls(**known)


@dataclass(frozen=True)
class Field:
    """An attribute of a record; `default` has a meaning only when it is not `required`."""

    name: str
    type: Type
    required: bool = True
    default: Any = None
    description: str = ""

    def to_json(self) -> Dict[str, Any]:
        return _compact(self, type=self.type.to_json())

    @classmethod
    def from_json(cls, data: Dict[str, Any]) -> "Field":
        return cls(**{**data, "type": Type.from_json(data["type"])})


@dataclass(frozen=True)
class Parameter:
    """One input. `default` is JSON data and has a meaning only when the input is not `required`.

    A nullable type is optional whatever `required` says: it is None when left out (see `optional`).
    `choices` is None when any value is allowed; with a list they bound its items. `ge` and `le` bound
    numbers, the lengths and `regex` (search, not full match) bound text. `accept` is a comma list of
    MIME types or suffixes for files.
    """

    name: str
    type: Type
    required: bool = True
    default: Any = None
    description: str = ""
    ge: Optional[float] = None
    le: Optional[float] = None
    min_length: Optional[int] = None
    max_length: Optional[int] = None
    regex: Optional[str] = None
    choices: Optional[Tuple[Any, ...]] = None
    deprecated: bool = False
    accept: Optional[str] = None

    @property
    def optional(self) -> bool:
        return not self.required or self.type.nullable

    @property
    def accepts_null(self) -> bool:
        """True for optional types and for `default=None` on a plain type."""
        return self.type.nullable or (not self.required and self.default is None)

    def to_json(self) -> Dict[str, Any]:
        choices = None if self.choices is None else list(self.choices)
        return _compact(self, type=self.type.to_json(), choices=choices)

    @classmethod
    def from_json(cls, data: Dict[str, Any]) -> "Parameter":
        choices = data.get("choices")
        known = {**data, "type": Type.from_json(data["type"])}
        return cls(**{**known, "choices": None if choices is None else tuple(choices)})


@dataclass(frozen=True)
class Signature:
    """One entry point: its inputs in order of writing, and its output.

    `streaming` is the opt-in to server-sent events, `extra_inputs` says that `**kwargs` takes unknown
    names, `max_concurrency` is what `@concurrent(max=N)` states (1 without it).
    """

    parameters: Tuple[Parameter, ...]
    output: Type
    is_async: bool = False
    streaming: bool = False
    extra_inputs: bool = False
    max_concurrency: int = 1

    def to_json(self) -> Dict[str, Any]:
        return _compact(
            self,
            parameters=[parameter.to_json() for parameter in self.parameters],
            output=self.output.to_json(),
        )

    @classmethod
    def from_json(cls, data: Dict[str, Any]) -> "Signature":
        parameters = tuple(Parameter.from_json(entry) for entry in data.get("parameters", ()))
        return cls(**{**data, "parameters": parameters, "output": Type.from_json(data["output"])})


def _compact(value: Any, **replaced: Any) -> Dict[str, Any]:
    """The fields that differ from their defaults; `replaced` holds those that need conversion."""
    return {
        field.name: replaced.get(field.name, getattr(value, field.name))
        for field in fields(value)
        if getattr(value, field.name) != field.default
    }
