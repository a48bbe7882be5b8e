"""Document: a YAML tree in which every value keeps its text as written and its place."""

from dataclasses import dataclass
from typing import Literal

from .source import Span

Kind = Literal["str", "int", "float", "bool", "null"]


@dataclass(frozen=True, slots=True)
class Scalar:
    """`text` is the value without quotes and escapes, never converted: `3.10` stays `3.10`.

    `kind` is what YAML's core schema takes it for.
    """

    text: str
    kind: Kind
    span: Span

    def value(self) -> bool | int | float | str | None:
        """What the core schema makes of it: for checks; a Spec takes `text`."""
        match self.kind:
            case "null":
                return None
            case "bool":
                return self.text.lower() == "true"
            case "int":
                return int(self.text, {"0o": 8, "0x": 16}.get(self.text[:2], 10))
            case "float":
                return float(self.text.lower().replace(".inf", "inf").replace(".nan", "nan"))
            case "str":
                return self.text

    def part(self, start: int, end: int) -> Span:
        """Where characters of `text` stand in the file; the whole value where quoting or folding hides them."""
        offset = self.span.text.find(self.text) if self.text else -1
        return self.span if offset < 0 else self.span.part(offset + start, offset + end)


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple["Node", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    key: Scalar
    value: "Node"

    @property
    def span(self) -> Span:
        """The value, or the key where the value is blank and has no place of its own."""
        return self.value.span if self.value.span.text.strip() else self.key.span


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys are unique once the reader has found no error."""

    entries: tuple[Entry, ...]
    span: Span

    def entry(self, key: str) -> Entry | None:
        """The entry of a key; None when it is absent or blank."""
        found = next((entry for entry in self.entries if entry.key.text == key), None)
        return None if found is None or is_blank(found.value) else found

    def scalar(self, key: str) -> Scalar | None:
        value = self._value(key)
        return value if isinstance(value, Scalar) else None

    def mapping(self, key: str) -> "Mapping":
        """The mapping under a key; an empty one when it is absent or blank."""
        value = self._value(key)
        return value if isinstance(value, Mapping) else Mapping((), self.span)

    def items(self, key: str) -> tuple["Node", ...]:
        """The items under a key; none when it is absent or blank."""
        value = self._value(key)
        return value.items if isinstance(value, Sequence) else ()

    def scalars(self, key: str) -> tuple[Scalar, ...]:
        return tuple(item for item in self.items(key) if isinstance(item, Scalar))

    def without(self, keys: frozenset[str]) -> "Mapping":
        return Mapping(tuple(entry for entry in self.entries if entry.key.text not in keys), self.span)

    def _value(self, key: str) -> "Node | None":
        found = self.entry(key)
        return found.value if found else None


Node = Scalar | Sequence | Mapping


def is_blank(node: Node) -> bool:
    """True for null: `key:`, `key: ~`, `key: null`."""
    return isinstance(node, Scalar) and node.kind == "null"
