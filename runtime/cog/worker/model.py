"""A model that has been set up."""

from dataclasses import dataclass, field
from typing import Any, Callable, Dict, Optional

from ..introspect.annotations import hints_of
from .decode import Decode, decoder_of
from .entry import Entry


@dataclass(frozen=True)
class Model:
    """`call` takes decoded inputs by name; `slots` is how many predictions may run at a time."""

    entry: Entry
    call: Callable[..., Any]
    healthcheck: Optional[Callable[[], Any]]
    slots: int
    decoders: Dict[str, Decode] = field(init=False)

    def __post_init__(self) -> None:
        hints = hints_of(self.entry.function)
        found = ((each.name, decoder_of(hints[each.name])) for each in self.entry.signature.parameters)
        object.__setattr__(self, "decoders", {name: decode for name, decode in found if decode is not None})

    @property
    def is_async(self) -> bool:
        return self.entry.signature.is_async

    @property
    def streams(self) -> bool:
        return self.entry.signature.output.kind == "iterator"

    def decoded(self, inputs: Dict[str, Any]) -> Dict[str, Any]:
        """Inputs as Python objects: paths, handles, secrets, enum members."""
        for name, decode in self.decoders.items():
            if inputs.get(name) is not None:
                inputs[name] = _decoded(name, decode, inputs[name])
        return inputs


def _decoded(name: str, decode: Decode, value: Any) -> Any:
    try:
        return decode(value)
    except ValueError as error:
        raise ValueError(f"the input {name!r} cannot be used: {error}") from None
